package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.manifest.Manifest;

/** The reader of Parquet files is on the command line's class path. */
class ParquetManifestTest {
  @TempDir Path folder;

  private Path manifest(String name) throws IOException {
    var written =
        CommandLineRun.REPOSITORY.resolve(
            "modules/parquet/src/test/resources/org/openmargin/parquet/" + name + ".parquet");
    return Files.copy(written, folder.resolve(name + ".parquet"));
  }

  @Test
  void aTableIsAManifest() throws IOException {
    var file = manifest("paths-only");
    for (var i = 0; i < 4; i++) {
      Files.createFile(folder.resolve(i + ".png"));
    }
    var manifest = Manifest.read(file, Manifest.Settings.USUAL);
    assertThat(manifest.labels()).containsExactly("ant", "bee");
    assertThat(manifest.rows())
        .extracting(row -> row.entry().id())
        .containsExactly("0.png", "1.png", "2.png", "3.png");
    assertThat(manifest.rows()).extracting(row -> row.line()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void allProblemsAreNamedAtOnceByRow() throws IOException {
    var file = manifest("zstd");
    assertThatThrownBy(() -> Manifest.read(file, Manifest.Settings.USUAL))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("empty cells (2): row 4, label; row 9, label")
        .hasMessageContaining("missing files (8): row 1 images/0.png; row 2 images/1.png");
  }

  @Test
  void columnsThatAreNotReadAreNamedWithTheProblems() throws IOException {
    var file = manifest("paths-only");
    assertThatThrownBy(() -> Manifest.read(file, Manifest.Settings.USUAL))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("missing files (4): row 1 0.png; row 2 1.png")
        .hasMessageContaining("columns that are not read: image.bytes (bytes)");
  }

  @Test
  void aDamagedFileHasOneLine() throws IOException {
    var file = manifest("snappy");
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> Manifest.read(file, Manifest.Settings.USUAL))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": a damaged Parquet file: ")
        .hasMessageNotContaining("\n");
  }
}

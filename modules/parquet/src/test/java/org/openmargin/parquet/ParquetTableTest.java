package org.openmargin.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.files.table.TableFileException;
import org.openmargin.files.table.TableReader;
import org.openmargin.files.table.TableRows;

/** Files that pyarrow wrote, by tools/parquet/write-test-files.py. */
class ParquetTableTest {
  private static final int MUTATIONS = 300;

  @TempDir Path folder;

  private static Path file(String name) {
    try {
      return Path.of(ParquetTableTest.class.getResource(name + ".parquet").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TableRows read(String name) {
    return TableReader.of(file(name)).orElseThrow().read(file(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "lz4", "v2-pages", "categories"})
  void everyCompressionAndEncodingGivesTheSameCells(String name) {
    var table = read(name);
    assertThat(table.header()).containsExactly("path", "label", "patient", "age", "biopsied");
    assertThat(table.rows()).hasSize(10);
    assertThat(table.rows().get(1)).containsExactly("images/1.png", "döner", "1", "2", "false");
    assertThat(table.rows().get(2)).containsExactly("images/2.png", "cat", "2", "", "true");
    assertThat(table.rows().get(3)).containsExactly("images/3.png", "", "3", "4", "false");
    assertThat(table.rows().get(5)).containsExactly("images/5.png", "cat", "5", "1.5", "false");
    assertThat(table.leftOut()).isEmpty();
  }

  @Test
  void aTableWithoutRowsHasItsHeader() {
    assertThat(read("no-rows").header()).hasSize(5);
    assertThat(read("no-rows").rows()).isEmpty();
  }

  @Test
  void thePathOfAnImageStructIsAColumnAndWhatIsNoTextIsLeftOut() {
    var table = read("hugging-face");
    assertThat(table.header()).containsExactly("image", "label");
    assertThat(table.rows())
        .containsExactly(List.of("0.png", "a"), List.of("1.png", "b"), List.of("2.png", "a"));
    assertThat(table.images()).containsExactly("image", "pixels");
    assertThat(table.leftOut())
        .containsExactly("tags (nested)", "when (a list, a time or a decimal)");
  }

  @Test
  void bytesComeRowByRow() throws IOException {
    assertThat(images("hugging-face", "image")).allMatch(bytes -> bytes.equals("89504e47"));
    assertThat(images("hugging-face", "pixels")).containsExactly("00ff", "01", "");
    assertThat(images("pictures", "image")).hasSize(20).doesNotHaveDuplicates();
    assertThatThrownBy(() -> images("pictures", "label"))
        .isInstanceOf(TableFileException.class)
        .hasMessage("no column label of images");
  }

  @Test
  void numbersOfClassesBecomeTheirNames() {
    var table = read("pictures");
    assertThat(table.header()).containsExactly("image", "label", "patient");
    assertThat(table.rows().get(2)).containsExactly("2.png", "ant", "p1");
    assertThat(table.rows().get(17)).containsExactly("17.png", "bee", "p8");
  }

  @Test
  void aStructWithoutAnyBytesIsAColumnOfPaths() {
    var table = read("paths-only");
    assertThat(table.images()).isEmpty();
    assertThat(table.leftOut()).containsExactly("image.bytes (bytes)");
    assertThat(table.rows().get(3)).containsExactly("3.png", "bee", "p1");
  }

  private static List<String> images(String name, String column) throws IOException {
    var images = new ArrayList<String>();
    TableReader.of(file(name))
        .orElseThrow()
        .images(file(name), column, bytes -> images.add(HexFormat.of().formatHex(bytes)));
    return images;
  }

  @Test
  void anotherCompressionIsRefusedByName() {
    assertThatThrownBy(() -> read("brotli"))
        .isInstanceOf(TableFileException.class)
        .hasMessage(
            "its pages are compressed by brotli, which is not read; write it with snappy, gzip, zstd or lz4_raw");
  }

  @Test
  void aCsvFileHasNoSuchReader() throws IOException {
    var csv = Files.writeString(folder.resolve("a.csv"), "PATH,label\n");
    assertThat(TableReader.of(csv)).isEmpty();
    assertThat(TableReader.of(folder)).isEmpty();
    assertThat(TableReader.of(folder.resolve("absent"))).isEmpty();
  }

  /** Cut, overwritten and shortened files: one line each, or the rows. */
  @ParameterizedTest
  @ValueSource(strings = {"snappy", "v2-pages", "none", "pictures"})
  void damagedFilesHaveOneLine(String name) throws IOException {
    var whole = Files.readAllBytes(file(name));
    var random = new Random(name.hashCode());
    var refused = 0;
    for (var i = 0; i < MUTATIONS; i++) {
      var bytes =
          i % 3 == 0 ? Arrays.copyOf(whole, 4 + random.nextInt(whole.length - 4)) : whole.clone();
      for (var j = 0; j < (i % 3 == 0 ? 0 : 1 + random.nextInt(4)); j++) {
        bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt(256);
      }
      var damaged = Files.write(folder.resolve("damaged.parquet"), bytes);
      try {
        var reader = TableReader.of(damaged).orElseThrow();
        for (var column : reader.read(damaged).images()) {
          reader.images(damaged, column, image -> {});
        }
      } catch (TableFileException e) {
        refused++;
        assertThat(e.getMessage().lines()).hasSize(1);
        assertThat(e.getMessage()).doesNotContain("null", "class org.", "Exception", "too large");
      }
    }
    assertThat(refused).isGreaterThan(MUTATIONS / 3);
  }
}

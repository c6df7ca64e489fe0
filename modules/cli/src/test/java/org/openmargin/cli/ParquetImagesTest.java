package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.files.table.TableReader;
import org.openmargin.inference.parquet.ParquetTable;
import org.openmargin.serving.archive.ArchiveRow;
import org.openmargin.serving.archive.Audit;

/** Parquet files that hold their images, through the commands; written by pyarrow. */
class ParquetImagesTest {
  private static final Path FILES =
      CommandLineRun.REPOSITORY.resolve(
          "modules/parquet/src/test/resources/org/openmargin/parquet");
  private static final Path PICTURES = FILES.resolve("pictures.parquet");

  @TempDir private Path folder;

  @Test
  void aTableAndAFolderOfPartsAreDescribed() {
    var one = CommandLineRun.of("data", "describe", PICTURES, "--json");
    assertThat(one.code()).as(one.err()).isZero();
    assertThat(one.out()).contains("\"ant\"", "\"bee\"");
    assertThat(images(one)).isEqualTo(20);
    var parts = CommandLineRun.of("data", "describe", FILES.resolve("parts"), "--json");
    assertThat(parts.code()).as(parts.err()).isZero();
    assertThat(images(parts)).isEqualTo(32);
    var total = JsonParser.parseString(parts.out()).getAsJsonObject().getAsJsonObject("total");
    assertThat(total.get("test").getAsInt()).isEqualTo(8);
  }

  private static int images(CommandLineRun described) {
    var json = JsonParser.parseString(described.out()).getAsJsonObject();
    return json.getAsJsonObject("total").get("images").getAsInt();
  }

  @Test
  void anExperimentForItIsWrittenAndReadsIt() {
    var experiment = folder.resolve("my.textproto");
    var init = CommandLineRun.of("config", "init", "--data", PICTURES, "-o", experiment);
    assertThat(init.code()).as(init.err()).isZero();
    assertThat(init.err()).contains("20 images of 2 classes: ant (10), bee (10)", "10 groups");
    var described = CommandLineRun.of("data", "describe", experiment);
    assertThat(described.code()).as(described.err()).isZero();
    assertThat(described.out()).contains("20 images", "ant");
  }

  @Test
  void imagesAndRecordsAreWritten() throws IOException {
    var records = folder.resolve("records");
    var written = CommandLineRun.of("data", "convert", PICTURES, "--to", "tfrecord", "-o", records);
    assertThat(written.code()).as(written.err()).isZero();
    var described = CommandLineRun.of("data", "describe", records, "--json");
    assertThat(images(described)).isEqualTo(20);
    var images = folder.resolve("images");
    var back = CommandLineRun.of("data", "convert", records, "--to", "images", "-o", images);
    assertThat(back.code()).as(back.err()).isZero();
    assertThat(Files.readAllLines(images.resolve("manifest.csv")))
        .hasSize(21)
        .anyMatch(line -> line.endsWith(",p8,17.png"));
  }

  @Test
  void copiesInTwoPartsAreFound() throws IOException {
    for (var name : List.of("train.parquet", "test.parquet")) {
      Files.copy(PICTURES, folder.resolve(name));
    }
    var audit = CommandLineRun.of("data", "audit", folder);
    assertThat(audit.code()).isEqualTo(ExitCodes.DATA);
    assertThat(audit.out()).contains("equal images are in both (18)", "groups are in both (9)");
  }

  @Test
  void aDivisionCannotNameImagesOfTheTable() {
    var out = folder.resolve("split.csv");
    var split = CommandLineRun.of("data", "split", PICTURES, "--out", out);
    assertThat(split.code()).isEqualTo(ExitCodes.DATA);
    assertThat(split.err()).contains("holds its images itself", "--to images");
    assertThat(out).doesNotExist();
  }

  @Test
  void answersAreReadByApachesReader() throws IOException {
    var audit = new Audit("model", "1", "0123", 0.5);
    var rows =
        List.of(
            ArchiveRow.unusable("a/b c.png", ArchiveRow.MISSING, "there is no such file", audit),
            ArchiveRow.unusable("ü.png", "damaged", "cut off", audit));
    var file = Files.write(folder.resolve("answers"), new ParquetTable(rows).bytes());
    var table = TableReader.of(file).orElseThrow().read(file);
    assertThat(table.header()).startsWith("path", "label", "is_unknown", "unknown_score");
    assertThat(table.leftOut()).containsExactly("probabilities (nested)");
    assertThat(table.rows().get(0)).startsWith("a/b c.png", "unknown", "true", "", "0.5");
    assertThat(table.rows().get(1)).contains("ü.png", "damaged", "cut off", "model", "0123");
  }
}

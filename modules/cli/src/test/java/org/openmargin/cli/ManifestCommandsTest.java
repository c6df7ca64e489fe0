package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** A table of images of 60 patients, two images each, through the commands. */
class ManifestCommandsTest {
  @TempDir private Path folder;
  private Path table;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    var lines = new ArrayList<>(List.of("file;diagnosis;patient_id;clinic"));
    for (var i = 0; i < 120; i++) {
      var file = "images/%03d.png".formatted(i);
      Files.write(folder.resolve(file), DrawnImages.noise(20, "png", i));
      var patient = i / 2;
      lines.add(
          "%s;%s;p%d;%s"
              .formatted(
                  file,
                  List.of("benign", "malignant", "rare").get(patient % 3),
                  patient,
                  patient % 4 == 0 ? "south" : "north"));
    }
    table = Files.write(folder.resolve("images.csv"), lines);
  }

  @Test
  void aDivisionKeepsPatientsTogetherAndIsAManifestAgain() throws IOException {
    var split = folder.resolve("split.csv");
    var run = CommandLineRun.of("data", "split", table, "--by", "patient_id", "--out", split);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("groups", "wrote " + split, "config init --data");
    var partOf = new HashMap<String, String>();
    for (var line : Files.readAllLines(split).subList(1, 121)) {
      var cells = line.split(",", -1);
      assertThat(partOf.merge(cells[3], cells[2], (a, b) -> a.equals(b) ? a : "both"))
          .isIn("train", "validation", "test");
    }
    assertThat(partOf).hasSize(60);
    var again = CommandLineRun.of("data", "split", table, "--out", split);
    assertThat(again.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(again.err()).contains("already exists");
    var described = CommandLineRun.of("data", "describe", split, "--json");
    assertThat(described.code()).isZero();
    var total = JsonParser.parseString(described.out()).getAsJsonObject().get("total");
    assertThat(total.getAsJsonObject().get("images").getAsInt()).isEqualTo(120);
    assertThat(total.getAsJsonObject().get("test").getAsInt()).isBetween(20, 28);
  }

  @Test
  void foldsSitesAndUnknownClassesAreHeldOut() throws IOException {
    var folds = folder.resolve("f.csv");
    var run = CommandLineRun.of("data", "split", table, "--folds", 3, "--out", folds, "--json");
    assertThat(run.code()).isZero();
    var divisions = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("divisions");
    assertThat(divisions).hasSize(3);
    assertThat(folder.resolve("f-fold2.csv")).exists();
    var sites = folder.resolve("s.csv");
    var args = List.of("--site", "clinic", "--held-out", "south", "--out", sites);
    assertThat(split(args)).isZero();
    for (var line : Files.readAllLines(sites).subList(1, 121)) {
      assertThat(line.contains(",test,")).as(line).isEqualTo(line.contains(",south"));
    }
    var unknown = folder.resolve("u.csv");
    assertThat(split(List.of("--unknown", "rare", "--out", unknown))).isZero();
    assertThat(Files.readAllLines(unknown))
        .filteredOn(line -> line.contains(",rare,"))
        .hasSize(40)
        .allMatch(line -> line.contains(",test,"));
  }

  private int split(List<?> more) {
    var args = new ArrayList<Object>(List.of("data", "split", table));
    args.addAll(more);
    return CommandLineRun.of(args.toArray()).code();
  }

  @Test
  void whatCannotBeDividedIsRefused() {
    var out = folder.resolve("x.csv");
    var site = CommandLineRun.of("data", "split", table, "--held-out", "north", "--out", out);
    assertThat(site.code()).isEqualTo(ExitCodes.DATA);
    assertThat(site.err()).contains("no column says at which site");
    var unknown = CommandLineRun.of("data", "split", table, "--unknown", "rar", "--out", out);
    assertThat(unknown.err()).contains("unknown class [rar]", "benign, malignant, rare");
    var column = CommandLineRun.of("data", "split", table, "--by", "patient", "--out", out);
    assertThat(column.err()).contains("no column 'patient' (group_column)", "patient_id");
    var both =
        CommandLineRun.of("data", "split", table, "--folds", 3, "--held-out", "x", "--out", out);
    assertThat(both.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(out).doesNotExist();
  }

  @Test
  void recordsAndImageFilesAreWritten() throws IOException {
    var records = folder.resolve("records");
    var written = CommandLineRun.of("data", "convert", table, "--to", "tfrecord", "--out", records);
    assertThat(written.code()).isZero();
    assertThat(written.out()).contains("wrote 120 images");
    assertThat(records.resolve("validation.tfrecord")).isNotEmptyFile();
    assertThat(Files.readAllLines(records.resolve("labels.txt")))
        .containsExactly("benign", "malignant", "rare");
    var images = folder.resolve("again");
    var back = CommandLineRun.of("data", "convert", records, "--to", "images", "--out", images);
    assertThat(back.code()).isZero();
    var rows = Files.readAllLines(images.resolve("manifest.csv"));
    assertThat(rows).hasSize(121).first().isEqualTo("path,label,split,group,source");
    for (var row : rows.subList(1, 121)) {
      var cells = row.split(",", -1);
      assertThat(Files.readAllBytes(images.resolve(cells[0])))
          .isEqualTo(Files.readAllBytes(folder.resolve(cells[4])));
    }
  }

  @Test
  void anExperimentForTheTableCanBeValidatedWithItsImages() {
    var experiment = folder.resolve("my.textproto");
    var init = CommandLineRun.of("config", "init", "--data", table, "-o", experiment);
    assertThat(init.code()).isZero();
    assertThat(init.err()).contains("120 images of 3 classes", "60 groups, which stay together");
    assertThat(experiment).content().contains("manifest {", "\"benign\", \"malignant\", \"rare\"");
    var described = CommandLineRun.of("data", "describe", experiment);
    assertThat(described.code()).as(described.err()).isZero();
    assertThat(described.out()).contains("images: 120 images", "malignant");
    var checked = CommandLineRun.of("config", "validate", experiment, "--data");
    assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
  }

  @Test
  void aBadTableIsRefusedWithAllThatIsWrong() throws IOException {
    Files.writeString(table, "file;label\nimages/000.png;a\nimages/999.png;b\nimages/001.png;A\n");
    var run = CommandLineRun.of("data", "describe", table);
    assertThat(run.code()).isEqualTo(ExitCodes.DATA);
    assertThat(run.err())
        .contains("missing files (1): line 3 images/999.png", "classes of several spellings (1)");
  }
}

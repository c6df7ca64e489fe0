package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

class CompareCommandTest {
  @TempDir private Path folder;
  private Path one;
  private Path other;

  @BeforeEach
  void copyRuns() throws IOException {
    one = copy("one");
    other = copy("other");
    for (var run : new Path[] {one, other}) {
      Files.copy(Path.of(CommandLineRun.TINY), run.resolve("experiment.textproto"));
    }
  }

  private Path copy(String name) throws IOException {
    var copy = Files.createDirectory(folder.resolve(name));
    for (var file :
        new String[] {"evaluation.json", "predictions.csv", "provenance.json", "metrics.jsonl"}) {
      Files.copy(Path.of("src/test/resources/evaluated-run", file), copy.resolve(file));
    }
    return copy;
  }

  @Test
  void runsAreBesideEachOtherWithWhatDiffers() throws IOException {
    var experiment = other.resolve("experiment.textproto");
    Files.writeString(
        experiment, Files.readString(experiment).replaceFirst("epochs: 2", "epochs: 7"));
    var run = CommandLineRun.of("compare", one, other);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("AUROC", one.toString(), other + " against " + one)
        .contains("AUROC +0.0000 [+0.0000, +0.0000], not certain", "training.epochs: 2 -> 7");
    var json = JsonParser.parseString(CommandLineRun.of("compare", one, other, "--json").out());
    var second = json.getAsJsonObject().getAsJsonArray("runs").get(1).getAsJsonObject();
    assertThat(second.getAsJsonArray("settings").get(0).getAsString())
        .isEqualTo("training.epochs: 2 -> 7");
  }

  @Test
  void runsWithoutUnknownImagesAreComparedByTheirAccuracy() throws IOException {
    for (var run : new Path[] {one, other}) {
      var evaluation = JsonParser.parseString(Files.readString(run.resolve("evaluation.json")));
      var json = evaluation.getAsJsonObject();
      json.addProperty("openSetNotMeasured", "no unknown test images");
      json.getAsJsonObject("counts").addProperty("unknownTest", 0);
      Files.writeString(run.resolve("evaluation.json"), json.toString());
      var answers = run.resolve("predictions.csv");
      try (var lines = Files.lines(answers)) {
        var known = lines.filter(line -> !line.contains(",-1,")).toList();
        Files.write(answers, known);
      }
    }
    var run = CommandLineRun.of("compare", one, other);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("ACC   +0.0000; AUROC, OSCR: not measured, no unknown test images")
        .doesNotContain("not tested on the same images");
  }

  @Test
  void aRunThatIsNoneIsAnError() {
    var run = CommandLineRun.of("compare", one, folder.resolve("none"));
    assertThat(run.code()).isEqualTo(ExitCodes.DATA);
    assertThat(run.errors()).singleElement().asString().contains("none");
  }
}

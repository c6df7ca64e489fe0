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
  void aRunThatIsNoneIsAnError() {
    var run = CommandLineRun.of("compare", one, folder.resolve("none"));
    assertThat(run.code()).isEqualTo(ExitCodes.DATA);
    assertThat(run.errors()).singleElement().asString().contains("none");
  }
}

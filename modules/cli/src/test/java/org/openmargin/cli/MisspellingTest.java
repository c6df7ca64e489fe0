package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.cli.console.ExitCodes;

class MisspellingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian x | there is no command 'trian': did you mean 'train'?",
        "Train x | there is no command 'Train': did you mean 'train'?",
        "exprot x | did you mean 'export'?",
        "quikstart | did you mean 'quickstart'?",
        "data lst | there is no command 'lst': did you mean 'list'? See: openmargin data --help",
        "config explian x | did you mean 'explain'?",
        "benchmark statsu x | did you mean 'status'?",
        "help trian | did you mean 'train'?",
        "help config expalin | did you mean 'explain'?",
        "frobnicate | there is no command 'frobnicate'; commands: quickstart, train,",
        "train x --seed 3 | unknown option '--seed': did you mean --set runtime.seed=3?",
        "train x --seed=3 | did you mean --set runtime.seed=3?",
        "train --seed 3 x | did you mean --set runtime.seed=3?",
        "train x --epochs 5 | did you mean --set training.epochs=5?",
        "train x --epoch 5 | did you mean --set training.epochs=5?",
        "train x --batch-size 8 | did you mean --set training.batch_size=8?",
        "train x --known-classes a,b | did you mean --set data.known_classes=a,b?",
        "evaluate x --alpha 0.1 | did you mean --set export.alpha=0.1?",
        "train x --resmue | unknown option '--resmue': did you mean --resume?",
        "export x --vresion 3 | did you mean --version?",
        "info --jsno | unknown option '--jsno': did you mean --json?",
        "train a b | unexpected argument 'b': train takes EXPERIMENT and options",
        "info x | unexpected argument 'x': info takes options only",
        "evaluate x --device gup | --device 'gup': did you mean 'gpu'? Values: auto, cpu, gpu",
        "metrics x --format jsn | --format 'jsn': did you mean 'json'? Values: text, json",
        "predict x y --threshold nan | 'nan' is not a number",
        "map x --per-class many | 'many' is not a whole number",
        "evaluate x --scorers knnn | there is no scorer 'knnn' (did you mean 'knn'?)",
        "evaluate x --scorers energy,mahalanobsi | did you mean 'mahalanobis'?",
        "data download bloodmist | no MedMNIST set is named 'bloodmist': did you mean 'bloodmnist'?"
      })
  void isNamedInPlainWords(String line, String expected) {
    var run = CommandLineRun.of((Object[]) line.split(" "));
    assertThat(run.code()).isIn(ExitCodes.USAGE, ExitCodes.DATA);
    assertThat(run.errors()).singleElement().asString().contains(expected);
    assertThat(run.err()).doesNotContain("unmatched", "at index");
  }

  @Test
  void helpShowsACommandAsItsOptionDoes() {
    for (var command : Stream.of("train", "config init", "benchmark report", "data").toList()) {
      var words = Stream.of(command.split(" "));
      var help = CommandLineRun.of(Stream.concat(Stream.of("help"), words).toArray());
      assertThat(help.code()).isZero();
      var words2 = Stream.of(command.split(" "));
      assertThat(help)
          .isEqualTo(CommandLineRun.of(Stream.concat(words2, Stream.of("--help")).toArray()));
    }
    assertThat(CommandLineRun.of("help")).isEqualTo(CommandLineRun.of("--help"));
  }

  @Test
  void aRunInPlaceOfAModelIsNamed(@TempDir Path folder) throws IOException {
    var run = Files.createDirectory(folder.resolve("my run"));
    Files.writeString(run.resolve("experiment.textproto"), "");
    for (var command : new String[] {"predict", "verify"}) {
      var args =
          command.equals("predict")
              ? new Object[] {command, run, "x.png"}
              : new Object[] {command, run};
      var result = CommandLineRun.of(args);
      assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
      assertThat(result.errors())
          .containsExactly(
              "openmargin: %s is a run, not an exported model: export it first, with: openmargin export '%s'"
                  .formatted(run, run));
    }
  }
}

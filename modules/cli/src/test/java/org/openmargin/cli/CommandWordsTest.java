package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openmargin.cli.console.CommandWords;

/** What the Java API says, for users of the command line. */
class CommandWordsTest {

  @Test
  void callsBecomeCommands() {
    assertThat(
            CommandWords.of("x has not been evaluated yet: run Experiment.open(\"x\").evaluate()"))
        .isEqualTo("x has not been evaluated yet: run openmargin evaluate x");
    assertThat(CommandWords.of("again: Experiment.open(\"my runs/$1\").map()"))
        .isEqualTo("again: openmargin map 'my runs/$1'");
    assertThat(
            CommandWords.of(
                "run Experiment.open(\"runs/a\").evaluate() first, with the override export.alpha=0.2"))
        .isEqualTo("run openmargin evaluate runs/a --set export.alpha=0.2 first");
    assertThat(
            CommandWords.of(
                "finish it with TrainRequest.Existing.RESUME in a b, or use it: Run.acceptingUnfinished"))
        .isEqualTo("finish it with openmargin train --resume --run 'a b', or use it: --unfinished");
    assertThat(CommandWords.of("train one with: Experiment.read(EXPERIMENT).train(\"a b\")"))
        .isEqualTo("train one with: openmargin train EXPERIMENT --run 'a b'");
    assertThat(CommandWords.of("download it with: DataFolder.download(\"bloodmnist\", 28, \"\")"))
        .isEqualTo("download it with: openmargin data download bloodmnist --size 28");
    assertThat(CommandWords.of("with: DataFolder.download(\"bloodmnist\", 64, \"my data\")"))
        .isEqualTo("with: openmargin data download bloodmnist --size 64 --to 'my data'");
    assertThat(CommandWords.of("estimate it with: Rehearsal.read(RehearsalRequest)"))
        .isEqualTo("estimate it with: openmargin rehearse EXPERIMENT");
  }

  @Test
  void parametersBecomeOptions() {
    assertThat(
            CommandWords.of(
                "r already holds a run: resume it with TrainRequest.Existing.RESUME, replace it with TrainRequest.Existing.OVERWRITE, or choose another TrainRequest.folder"))
        .isEqualTo(
            "r already holds a run: resume it with --resume, replace it with --overwrite, or choose another folder with --run");
    assertThat(CommandWords.of("raise MapRequest.perClass")).isEqualTo("raise --per-class");
  }

  @Test
  void overridesBecomeSettings() {
    assertThat(
            CommandWords.of(
                "use more images, with the override data.folder.validation_fraction=0.3, or let another scorer decide, such as with the override scoring.selected=KNN; there"))
        .isEqualTo(
            "use more images, with --set data.folder.validation_fraction=0.3, or let another scorer decide, such as with --set scoring.selected=KNN; there");
    assertThat(CommandWords.of("say where the images are, with the override data.npz.path=PATH"))
        .isEqualTo("say where the images are, with --set data.npz.path=PATH");
  }

  @Test
  void allElseStays() {
    assertThat(CommandWords.of("cells: no such folder")).isEqualTo("cells: no such folder");
  }
}

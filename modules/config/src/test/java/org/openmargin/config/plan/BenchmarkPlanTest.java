package org.openmargin.config.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.Texts;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.v1.LossConfig;

class BenchmarkPlanTest {
  private static final String VALID =
      """
      name: "two"
      experiment: "base.textproto"
      set: "training.epochs=3"
      methods { name: "Soft max" set: "loss.softmax={}" }
      methods { name: "OMCL" set: "loss.omcl.threshold=0.2" published { auroc: 0.886 } }
      trials { name: "1" known_classes: [0, 1, 2] }
      trials { name: "2" known_classes: [3, 1] }
      seeds: [7, 8]
      baseline: "Soft max"
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeBase() throws IOException {
    Files.writeString(folder.resolve("base.textproto"), Texts.VALID);
  }

  private BenchmarkPlan read(String text, String... overrides) throws IOException {
    var file = Files.writeString(folder.resolve("plan.textproto"), text);
    return BenchmarkPlan.read(file, List.of(overrides));
  }

  private List<String> headlines(String text, String... overrides) throws IOException {
    try {
      read(text, overrides);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(problem -> problem.toString().lines().limit(1).collect(Collectors.joining()))
          .map(line -> line.replace(folder + "/", ""))
          .toList();
    }
  }

  @Test
  void trialsAreNumberedSeedsOutermostThenTrialsThenMethods() throws IOException {
    var trials = read(VALID).trials();
    assertThat(trials)
        .extracting(trial -> trial.name().toString())
        .containsExactly(
            "Soft max, trial 1, seed 7",
            "OMCL, trial 1, seed 7",
            "Soft max, trial 2, seed 7",
            "OMCL, trial 2, seed 7",
            "Soft max, trial 1, seed 8",
            "OMCL, trial 1, seed 8",
            "Soft max, trial 2, seed 8",
            "OMCL, trial 2, seed 8");
    assertThat(trials).extracting(PlannedTrial::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(trials.get(4).path()).isEqualTo(Path.of("Soft_max", "1-seed-8"));
  }

  @Test
  void experimentIsTheBaseWithTheOverridesOfPlanMethodTrialAndCommandInThisOrder()
      throws IOException {
    var trials =
        read(
                VALID.replace("loss.omcl.threshold=0.2\"", "training.epochs=4\""),
                "training.batch_size=8")
            .trials();
    var softmax = trials.get(6).experiment();
    assertThat(softmax.getLoss().getKindCase()).isEqualTo(LossConfig.KindCase.SOFTMAX);
    assertThat(softmax.getTraining().getEpochs()).isEqualTo(3);
    assertThat(softmax.getTraining().getBatchSize()).isEqualTo(8);
    assertThat(softmax.getData().getKnownClassesList()).containsExactly(3, 1);
    assertThat(softmax.getRuntime().getSeed()).isEqualTo(8);
    assertThat(trials.get(7).experiment().getTraining().getEpochs()).isEqualTo(4);
  }

  @Test
  void whatMakesATrialWhatItIsOutlastsOverridesOfWholeSections() throws IOException {
    var trials =
        read(
                VALID.replace("loss.omcl.threshold=0.2\"", "data={ npz { path: 'a' } }\""),
                "runtime={ seed: 99 intra_op_threads: 2 }")
            .trials();
    assertThat(trials).extracting(t -> t.experiment().getRuntime().getSeed()).contains(7L, 8L);
    assertThat(trials).extracting(PlannedTrial::digest).doesNotHaveDuplicates();
    assertThat(trials.get(7).experiment().getData().getKnownClassesList()).containsExactly(3, 1);
    assertThat(trials.get(7).experiment().getRuntime().getIntraOpThreads()).isEqualTo(2);
  }

  @Test
  void methodMayHaveAnExperimentOfItsOwn() throws IOException {
    Files.writeString(
        folder.resolve("own.textproto"),
        Texts.VALID.replace("epochs: 10", "epochs: 11 batch_size: 5"));
    var plan =
        read(VALID.replace("name: \"OMCL\"", "name: \"OMCL\" experiment: \"own.textproto\""));
    assertThat(plan.trials().get(0).experiment().getTraining().getBatchSize()).isEqualTo(64);
    assertThat(plan.trials().get(1).experiment().getTraining().getBatchSize()).isEqualTo(5);
  }

  @Test
  void everyMistakeIsShownAtOnceWhereItStands() throws IOException {
    var text =
        """
        name: "tiny two"
        experiment: "base.textproto"
        set: "training.epochs=many"
        set: "runtime.seed=4"
        methods { name: "Softmax" set: "loss.sofmax={}" }
        methods { name: "OMCL" set: "loss.omcl.target_margin=3" }
        methods { name: "OMCL" set: "scoring.selected=MAX_COSINE" set: "loss.softmax={}" }
        methods { nam: "X" published { acc: 98.3 } }
        trials { name: "1" known_classes: [0, 2, 4, 4] }
        trials { name: "1" known_classes: [1] }
        seeds: [0, 0]
        baseline: "Sofmax"
        """;
    assertThat(headlines(text, "training.epoch=3", "data.known_classes=[1, 2]"))
        .containsExactly(
            "plan.textproto:1:7: name: is \"tiny two\", must be 1 to 64 letters, digits, '-', '_' or"
                + " '.', and begin with a letter or digit",
            "plan.textproto:3:6: set[0]: expected a whole number, found 'many'",
            "plan.textproto:4:6: set[1]: the seed is set by the plan's seeds",
            "plan.textproto:5:32: methods[0].set[0]: unknown field, did you mean 'loss.softmax'?",
            "plan.textproto:6:29: methods[1].set[0]: is 3, must be at least -1 and at most 1",
            "plan.textproto:7:17: methods[2].name: two methods are named 'OMCL'",
            "plan.textproto:7:29: methods[2].set[0]: MAX_COSINE needs a loss with cosines: omcl, normface, cosface, nmcl or arcface",
            "plan.textproto:8:11: methods[3].nam: unknown field, did you mean 'name'? Fields of"
                + " methods[3]: name, set, experiment, published, x, series, x_label",
            "plan.textproto:8:37: methods[3].published.acc: is 98.3, must be at least 0 and at most 1",
            "plan.textproto:9:20: trials[0].known_classes: is [0, 2, 4, 4], must not contain"
                + " duplicates",
            "plan.textproto:10:16: trials[1].name: two trials are named '1'",
            "plan.textproto:10:20: trials[1].known_classes: give two or more known classes, or none for all: a network learns by telling classes apart",
            "plan.textproto:11:1: seeds: is [0, 0], must not contain duplicates",
            "plan.textproto:12:11: baseline: no method is named 'Sofmax', did you mean 'Softmax'?"
                + " Methods: Softmax, OMCL, OMCL, ",
            "--set data.known_classes=[1, 2]: the known classes are set by the plan's trials",
            "--set training.epoch=3: unknown field, did you mean 'training.epochs'?");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertThat(headlines(VALID.replace(" known_classes: [3, 1]", "")))
        .containsExactly("plan.textproto:7:8: trials[1].known_classes: is missing");
    assertThat(headlines(VALID.replace("training.epochs=3", "training")))
        .containsExactly(
            "plan.textproto:3:6: set[0]: expected path=value, for example training.epochs=5");
    assertThat(headlines("description: \"nothing\""))
        .containsExactly(
            "plan.textproto: name: is missing",
            "plan.textproto: experiment: is missing",
            "plan.textproto: methods: is missing",
            "plan.textproto: trials: is missing",
            "plan.textproto: seeds: is missing");
  }

  @Test
  void problemOfTheBaseStandsInItsFileWithTheMethodsThatItConcerns() throws IOException {
    Files.writeString(
        folder.resolve("base.textproto"), Texts.VALID + "scoring { selected: MAX_COSINE }\n");
    assertThat(headlines(VALID))
        .containsExactly(
            "base.textproto:6:21: scoring.selected: MAX_COSINE needs a loss with cosines: omcl, normface, cosface, nmcl or arcface"
                + " (method Soft max)");
  }

  @Test
  void missingExperimentIsOneProblem() throws IOException {
    assertThat(headlines(VALID.replace("base.textproto", "bass.textproto")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("plan.textproto:2:13: experiment: bass.textproto: there is no such file");
  }

  @Test
  void equalSplitsAndEqualMethodsAreWarnedOf() throws IOException {
    var plan =
        read(
            VALID
                .replace("known_classes: [3, 1]", "known_classes: [2, 1, 0]")
                .replace("set: \"loss.omcl.threshold=0.2\"", "set: \"loss.softmax={}\""));
    assertThat(plan.warnings())
        .containsExactly(
            "trials 1, 2 have the same known classes [0, 1, 2]: each counts as a separate split",
            "methods Soft max, OMCL are the same experiment");
    assertThat(read(VALID).warnings()).isEmpty();
  }

  @Test
  void aTrialMayNameItsClasses() throws IOException {
    var plan = read(VALID.replace("known_classes: [3, 1]", "known_classes: [3, \"a \\\"b\\\"\"]"));
    var data = plan.trials().get(plan.trials().size() - 1).experiment().getData();
    assertThat(data.getKnownClassesList()).containsExactly(3);
    assertThat(data.getKnownClassNamesList()).containsExactly("a \"b\"");
  }

  @Test
  void someMethodsKeepTheirNumbers() throws IOException {
    var some = read(VALID).only(List.of("OMCL"));
    assertThat(some.trials()).extracting(PlannedTrial::index).containsExactly(1, 3, 5, 7);
    assertThatThrownBy(() -> read(VALID).only(List.of("OMCK")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no method is named 'OMCK', did you mean 'OMCL'?");
  }

  @Test
  void numberOfThreadsAndPlaceOfImagesAreNoPartOfTheDigest() throws IOException {
    assertThat(read(VALID, "runtime.intra_op_threads=1").trials().get(0).digest())
        .isEqualTo(read(VALID).trials().get(0).digest())
        .isNotEqualTo(read(VALID).trials().get(4).digest());
  }
}

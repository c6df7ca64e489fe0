package org.openmargin.config.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.Texts;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Problem;
import org.openmargin.config.v1.BenchmarkConfig;

class SweepsTest {
  private static final String PLAN =
      """
      name: "swept"
      experiment: "base.textproto"
      methods { name: "OMCL" set: "loss.omcl.open_space_weight=0.75" }
      sweeps { name: "t" path: "loss.omcl.threshold" values: ["0", "0.2"] method: "OMCL" x_label: "threshold t" }
      sweeps { name: "fixed s" path: "loss.omcl.initial_scale" values: "4" method: "OMCL" set: "loss.omcl.scale_rate_factor=0" }
      sweeps { path: "training.epochs" values: ["1", "2"] }
      trials { name: "1" known_classes: [0, 1, 2] }
      seeds: [7, 8]
      baseline: "OMCL"
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeBase() throws IOException {
    Files.writeString(folder.resolve("base.textproto"), Texts.VALID);
  }

  private BenchmarkPlan read(String text, String... sweeps) throws IOException {
    var file = Files.writeString(folder.resolve("plan.textproto"), text);
    return BenchmarkPlan.read(file, List.of(), List.of(sweeps));
  }

  private List<Problem> problems(String text, String... sweeps) throws IOException {
    try {
      read(text, sweeps);
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  @Test
  void everyValueIsAMethodAfterThePlansOwn() throws IOException {
    var plan = read(PLAN);
    assertThat(plan.config().getMethodsList())
        .extracting(BenchmarkConfig.Method::getName)
        .containsExactly("OMCL", "t = 0", "t = 0.2", "fixed s = 4", "epochs = 1", "epochs = 2");
    assertThat(plan.trials()).hasSize(12);
    var t = plan.trials().get(2).experiment().getLoss().getOmcl();
    assertThat(t.getThreshold()).isEqualTo(0.2);
    assertThat(t.getOpenSpaceWeight()).isEqualTo(0.75);
    var fixed = plan.trials().get(3).experiment().getLoss().getOmcl();
    assertThat(fixed.getInitialScale()).isEqualTo(4);
    assertThat(fixed.getScaleRateFactor()).isZero();
    // No method to vary: the plan's experiment.
    var epochs = plan.trials().get(5).experiment();
    assertThat(epochs.getTraining().getEpochs()).isEqualTo(2);
    assertThat(epochs.getLoss().getOmcl().getOpenSpaceWeight()).isEqualTo(0.5);
  }

  @Test
  void theVariedMethodIsAPointOfTheCurveUnlessTheSweepChangesMore() throws IOException {
    var plan = read(PLAN);
    var methods = plan.config().getMethodsList();
    assertThat(plan.positions(methods.get(0)))
        .containsExactly(new CurvePosition("threshold t", "t", 0.1));
    assertThat(plan.positions(methods.get(2)))
        .containsExactly(new CurvePosition("threshold t", "t", 0.2));
    assertThat(plan.positions(methods.get(3)))
        .containsExactly(new CurvePosition("initial_scale", "fixed s", 4));
  }

  @Test
  void methodsWithAnXAreOnOneCurveUnlessTheySayWhich() throws IOException {
    var plan =
        read(
            PLAN.replace("name: \"OMCL\" set", "name: \"OMCL\" x: 3 series: \"mine\" set")
                .replaceAll("(?m)^sweeps.*\n", "")
                .replace("baseline", "x_label: \"size\"\nbaseline"));
    assertThat(plan.positions(plan.config().getMethods(0)))
        .containsExactly(new CurvePosition("size", "mine", 3));
  }

  @Test
  void theCommandLineVariesTheBaseline() throws IOException {
    var plan =
        read(
            PLAN.replaceAll("(?m)^sweeps.*\n", ""),
            "loss.omcl.target_margin=-0.3, 0",
            "training.epochs=3");
    assertThat(plan.config().getMethodsList())
        .extracting(BenchmarkConfig.Method::getName)
        .containsExactly("OMCL", "target_margin = -0.3", "target_margin = 0", "epochs = 3");
    assertThat(plan.trials().get(3).experiment().getLoss().getOmcl().getOpenSpaceWeight())
        .isEqualTo(0.75);
    assertThat(plan.positions(plan.config().getMethods(0))).hasSize(2);
    assertThat(problems(PLAN, "loss.omcl.threshold=a,b"))
        .singleElement()
        .asString()
        .contains("--sweep loss.omcl.threshold=a,b", "expected path=number,number");
  }

  @Test
  void mistakesAreShownWhereTheyStand() throws IOException {
    assertThat(problems(PLAN.replace("\"0\", \"0.2\"", "\"0\", \"7\"")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("sweeps[0].values[1]");
              assertThat(problem.line()).isEqualTo(4);
            });
    assertThat(problems(PLAN.replace("rate_factor=0", "rate_factor=-1")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.path()).isEqualTo("sweeps[1].set[0]"));
    assertThat(problems(PLAN.replace("method: \"OMCL\" x_label", "method: \"OMCLE\" x_label")))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message())
                    .contains("no method is named 'OMCLE', did you mean 'OMCL'?"));
    assertThat(problems(PLAN.replace("\"training.epochs\"", "\"runtime.seed\"")))
        .anySatisfy(problem -> assertThat(problem.message()).contains("set by the plan's seeds"));
    assertThat(problems(PLAN.replace("values: \"4\"", "values: \"four\"")))
        .anySatisfy(problem -> assertThat(problem.message()).contains("must be a number"));
    assertThat(problems(PLAN.replace("\"0\", \"0.2\"", "\"0.1\", \"0.2\""))).isEmpty();
    assertThat(read(PLAN.replace("\"0\", \"0.2\"", "\"0.1\", \"0.2\"")).warnings())
        .containsExactly("methods OMCL, t = 0.1 are the same experiment");
  }
}

package org.openmargin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.Objective.Passes;
import org.openmargin.nn.Objective.Update;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class ObjectiveTest {
  private static final Objective.Loss ZERO = (net, pixels, labels) -> net.tf().constant(0f);

  private static Objective objective(List<String> changes, Passes passes) {
    return new Objective("some", ZERO, changes, new Update.OfTraining(), passes);
  }

  @Test
  void turnsSayInWhichPassesItIsMinimised() {
    assertThat(passes(Passes.EVERY)).containsExactly(0, 1, 2, 3);
    assertThat(passes(Passes.EVEN)).containsExactly(0, 2);
    assertThat(passes(Passes.ODD)).containsExactly(1, 3);
  }

  private static long[] passes(Passes passes) {
    return LongStream.range(0, 4).filter(passes::include).toArray();
  }

  @Test
  void itChangesTrainedVariablesUnderItsPathsOnly() {
    var some = objective(List.of("generator", "loss"), Passes.EVERY);
    try (var fixture = new GraphFixture()) {
      var variables = fixture.variables();
      var trained = new Variable.Trained(1, true);
      assertThat(some.changes(variable(variables, "generator.layer0.kernel", trained))).isTrue();
      assertThat(some.changes(variable(variables, "loss.weights", trained))).isTrue();
      assertThat(some.changes(variable(variables, "generators.kernel", trained))).isFalse();
      assertThat(some.changes(variable(variables, "copycat.loss.weights", trained))).isFalse();
      var fixed = new Variable.Trained(0, true);
      assertThat(some.changes(variable(variables, "loss.scale", fixed))).isFalse();
      var mean = new Variable.Statistic();
      assertThat(some.changes(variable(variables, "generator.mean", mean))).isFalse();
    }
  }

  private static Variable variable(Variables variables, String name, Variable.Role role) {
    return variables.get(name, Shape.of(2), role, Initializer.constant(0));
  }

  @Test
  void anObjectiveThatChangesNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objective(List.of(), Passes.EVERY))
        .withMessage("some changes nothing");
  }

  /** A head with the objectives of a test. */
  private record Head(List<Objective> wanted) implements BareHead {
    @Override
    public List<Objective> objectives(OpenSetNetwork network) {
      return wanted;
    }
  }

  /** Returns its images. */
  private record Nothing() implements Backbone {
    @Override
    public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
      return images;
    }

    @Override
    public int embeddingSize(InputFormat format) {
      return 1;
    }
  }

  private static List<Objective> objectives(Objective... wanted) {
    var head = new Head(List.of(wanted));
    return new OpenSetNetwork(InputFormat.of(1, 1, 1), new Nothing(), head).objectives();
  }

  @Test
  void theNetworkIsTrainedOnceInEveryStep() {
    var other = objective(List.of("generator"), Passes.EVEN);
    var even = Objective.ofNetwork("even", ZERO, Passes.EVEN);
    var odd = Objective.ofNetwork("odd", ZERO, Passes.ODD);
    var every = Objective.ofNetwork("every", ZERO, Passes.EVERY);
    assertThat(objectives(other, even, odd)).containsExactly(other, even, odd);
    assertThat(objectives(every)).containsExactly(every);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objectives(other, even))
        .withMessage(
            "exactly one of a loss's objectives must train the network in every step; Head has 0 in pass 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objectives(every, odd))
        .withMessageContaining("Head has 2 in pass 1");
  }
}

package org.openmargin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class VariablesTest {
  private static final Shape SHAPE = Shape.of(4, 3);
  private static final Initializer DRAWN = Initializer.normal(1);

  @Test
  void aNameIsOneVariableReadOnce() {
    try (var fixture = new GraphFixture()) {
      var first = fixture.training().in("a").in("b").trained("kernel", SHAPE, DRAWN);
      var again = fixture.inference().in("a").in("b").trained("kernel", SHAPE, DRAWN);
      assertThat(again).isSameAs(first);
      assertThat(fixture.variables().all())
          .extracting(Variable::name)
          .containsExactly("a.b.kernel");
      assertThat(fixture.variable("a.b.kernel").size()).isEqualTo(12);
    }
  }

  @Test
  void anotherShapeOrRoleUnderTheSameNameIsRefused() {
    try (var fixture = new GraphFixture()) {
      var net = fixture.training().in("a");
      var first = net.trained("kernel", SHAPE, DRAWN);
      assertThat(first.shape()).isEqualTo(SHAPE);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> net.trained("kernel", Shape.of(3, 4), DRAWN))
          .withMessageContaining("a.kernel")
          .withMessageContaining("[4, 3]")
          .withMessageContaining("[3, 4]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> net.statistic("kernel", SHAPE, DRAWN))
          .withMessageContaining("Trained")
          .withMessageContaining("Statistic");
    }
  }

  @Test
  void equalShapesStartWithDifferentValues() {
    try (var fixture = new GraphFixture()) {
      var unused = List.of(draw(fixture, "a"), draw(fixture, "b"));
      fixture.initialize();
      assertThat(fixture.value("a.kernel")).isNotEqualTo(fixture.value("b.kernel"));
      assertThat(unused).hasSize(2);
    }
  }

  @Test
  void aFirstValueDependsOnlyOnSeedAndName() {
    var alone = firstValue(7, List.of("a"));
    assertThat(firstValue(7, List.of("c", "b", "a"))).isEqualTo(alone);
    assertThat(firstValue(8, List.of("a"))).isNotEqualTo(alone);
  }

  @Test
  void rolesSayWhatIsTrainedAndWhatIsExported() {
    try (var fixture = new GraphFixture()) {
      var variables = fixture.variables();
      var kernel = variables.get("k", SHAPE, new Variable.Trained(1, true), DRAWN);
      var mean = variables.get("m", SHAPE, new Variable.Statistic(), DRAWN);
      var slot = variables.get("s", SHAPE, new Variable.Slot(), DRAWN);
      assertThat(variables.all()).containsExactly(kernel, mean, slot);
      assertThat(variables.trained()).containsExactly(kernel);
      assertThat(variables.model()).containsExactly(kernel, mean);
    }
  }

  @Test
  void anAverageTakesTheNameOfItsVariableInACheckpoint() {
    try (var fixture = new GraphFixture()) {
      var variables = fixture.variables();
      var kernel = variables.get("k", SHAPE, new Variable.Trained(1, true), DRAWN);
      var mean = variables.get("m", SHAPE, new Variable.Statistic(), DRAWN);
      assertThat(variables.byKey()).containsOnly(entry("k", kernel), entry("m", mean));
      var average = variables.get("k.average", SHAPE, new Variable.Average("k"), DRAWN);
      assertThat(variables.byKey())
          .containsOnly(entry("k", average), entry("k.unaveraged", kernel), entry("m", mean));
      assertThat(variables.model()).containsExactly(kernel, mean);
    }
  }

  @Test
  void pathsAreDottedAndActivationsAreHandedDown() {
    try (var fixture = new GraphFixture()) {
      var net = fixture.training().with(Arithmetic.BFLOAT16).in("stage0").in("block1");
      assertThat(fixture.training().path()).isEmpty();
      assertThat(net.path()).isEqualTo("stage0.block1");
      assertThat(net.arithmetic()).isEqualTo(Arithmetic.BFLOAT16);
    }
  }

  @Test
  void uniformNumbersAreAFunctionOfSeedPathAndStep() {
    try (var fixture = new GraphFixture();
        var other = new GraphFixture(8)) {
      var net = fixture.training();
      var draws =
          List.of(
              net.in("a").uniform("u", Shape.of(1000)),
              net.in("a").uniform("u", Shape.of(1000)),
              net.in("b").uniform("u", Shape.of(1000)));
      var now = fixture.values(5, draws);
      assertThat(now.get(1)).isEqualTo(now.get(0));
      assertThat(now.get(2)).isNotEqualTo(now.get(0));
      assertThat(fixture.values(5, draws).get(0)).isEqualTo(now.get(0));
      assertThat(fixture.values(6, draws).get(0)).isNotEqualTo(now.get(0));
      assertThat(other.values(5, List.of(other.training().in("a").uniform("u", Shape.of(1000)))))
          .first()
          .isNotEqualTo(now.get(0));
      assertThat(Arrays.stream(now.get(0)).distinct().count()).isGreaterThan(990);
      assertThat(Arrays.stream(now.get(0))).allMatch(u -> u >= 0 && u < 1);
      assertThat(Arrays.stream(now.get(0)).average().orElseThrow()).isBetween(.46, .54);
    }
  }

  @Test
  void nothingIsRandomInInference() {
    try (var fixture = new GraphFixture()) {
      var net = fixture.inference().in("loss");
      assertThatIllegalStateException()
          .isThrownBy(() -> net.uniform("descriptors", SHAPE))
          .withMessageContaining("loss.descriptors");
    }
  }

  @Test
  void updatesAreKeptInTrainingOnly() {
    try (var fixture = new GraphFixture()) {
      var mean = fixture.training().statistic("mean", Shape.of(2), Initializer.constant(0));
      fixture.inference().update(mean, fixture.tensor(new double[] {1, 2}, 2));
      assertThat(fixture.variables().updates()).isEmpty();
      fixture.training().update(mean, fixture.tensor(new double[] {3, 4}, 2));
      fixture.initialize();
      fixture.update(0);
      assertThat(fixture.value("mean")).containsExactly(3, 4);
    }
  }

  private static Object draw(GraphFixture fixture, String path) {
    return fixture.training().in(path).trained("kernel", SHAPE, DRAWN);
  }

  private static double[] firstValue(long seed, List<String> paths) {
    try (var fixture = new GraphFixture(seed)) {
      paths.forEach(path -> draw(fixture, path));
      fixture.initialize();
      return fixture.value("a.kernel");
    }
  }
}

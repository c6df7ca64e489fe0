package org.openmargin.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.nn.GraphFixture.noise;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.loss.Suppression.Descriptors;
import org.openmargin.loss.Suppression.Reduction;
import org.openmargin.nn.GraphFixture;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Reference;
import org.openmargin.nn.Variable;

class PrototypesTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  @ParameterizedTest
  @CsvSource({"2, 2", "2, 7", "3, 3", "4, 4", "4, 512", "5, 32", "8, 32"})
  void cornersOfTheSimplexAreUnitVectorsWithEqualCosines(int classes, int size) {
    var corners = corners(classes, size);
    var cosines = Reference.product(corners, corners, size);
    for (var i = 0; i < classes; i++) {
      for (var j = 0; j < classes; j++) {
        var expected = i == j ? 1 : -1.0 / (classes - 1);
        assertThat(cosines[i * classes + j]).isCloseTo(expected, CLOSE);
      }
    }
  }

  /** Embeddings are never negative, so the nearest one to a corner is its positive part. */
  @ParameterizedTest
  @CsvSource({"2, 6", "4, 512", "5, 35"})
  void anEmbeddingThatIsNowhereNegativeComesAsNearToEveryCorner(int classes, int size) {
    var corners = corners(classes, size);
    for (var j = 0; j < classes; j++) {
      var corner = Arrays.copyOfRange(corners, j * size, (j + 1) * size);
      var positive = Arrays.stream(corner).map(x -> Math.max(0, x)).toArray();
      var nearest = Reference.normalize(positive, size);
      assertThat(Reference.product(nearest, corner, size)[0])
          .isCloseTo(Math.sqrt(1 - 1.0 / classes), CLOSE);
    }
  }

  @Test
  void aSimplexIsNotTrainedAndEmbeddingsAreComparedWithIt() {
    try (var fixture = new GraphFixture()) {
      var omcl = simplex(3);
      var x = noise(1, 4 * 6);
      var embeddings = fixture.tensor(x, 4, 6);
      var labels = fixture.tf().constant(new int[] {0, 1, 2, 0});
      omcl.loss(fixture.training(), embeddings, labels);
      var logits = omcl.logits(fixture.inference(), embeddings);
      var prototypes = omcl.prototypes(fixture.inference(), embeddings).orElseThrow();
      fixture.initialize();
      assertThat(fixture.variables().all()).extracting(Variable::name).containsExactly("scale");
      var cosines = Reference.product(Reference.normalize(x, 6), fixture.value(prototypes), 6);
      var actual = fixture.value(logits);
      for (var i = 0; i < 4; i++) {
        for (var j = 0; j < 3; j++) {
          assertThat(actual[4 * i + j]).isCloseTo(16 * cosines[3 * i + j], within(1e-5));
        }
        assertThat(actual[4 * i + 3]).isCloseTo(1.6, within(1e-5));
      }
    }
  }

  @Test
  void aSimplexThatDoesNotFitIsRefusedBeforeTraining() {
    var network = new OpenSetNetwork(InputFormat.of(8, 8, 3), new Ladder(), simplex(33));
    assertThatIllegalArgumentException()
        .isThrownBy(network::objectives)
        .withMessageContaining("33 classes and");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prototypes.SIMPLEX.requireFit(1, 8))
        .withMessageContaining("1 classes");
  }

  private static Omcl simplex(int classes) {
    var suppression = new Suppression(0.5, 1, Descriptors.NORMALIZED, Reduction.SUM_OF_MEANS);
    var open = new OpenClass(true, 0.1, suppression);
    var scale = new Scale(16, 0.1);
    return new Omcl(classes, Omcl.Margins.NONE, open, scale, Prototypes.SIMPLEX);
  }

  private static double[] corners(int classes, int size) {
    try (var fixture = new GraphFixture()) {
      var x = fixture.tensor(noise(1, size), 1, size);
      return fixture.value(Prototypes.SIMPLEX.of(fixture.inference(), x, classes));
    }
  }
}

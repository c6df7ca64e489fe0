package org.openmargin.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  private static final Head HEAD = Head.openCosine(List.of("cat", "dog"), 10);
  private static final Truth TRUTH =
      new Truth(List.of("t/0", "t/1", "t/2"), new int[] {0, -1, 1}, List.of("cat", "owl", "dog"));
  private static final float[][] LOGITS = {{1, 2, 9}, {3, 0, 1}, {4, 5, 0}};
  private static final float[][] EMBEDDINGS = {{1}, {2}, {3}};

  @Test
  void theViewsSplitKnownFromUnknownAndKeepTheRowsTogether() {
    var all = new Predictions(HEAD, TRUTH, LOGITS, EMBEDDINGS);
    assertThat(all.known().truth().ids()).containsExactly("t/0", "t/2");
    assertThat(all.known().truth().labels()).containsExactly(0, 1);
    assertThat(all.known().logits()[1]).containsExactly(4, 5, 0);
    assertThat(all.known().embeddings()[1]).containsExactly(3);
    assertThat(all.unknown().truth().classNames()).containsExactly("owl");
    assertThat(all.unknown().size()).isEqualTo(1);
    assertThat(all.unknown().known().size()).isZero();
  }

  @Test
  void theOpenClassIsNeverThePredictedClass() {
    var all = Predictions.withoutEmbeddings(HEAD, TRUTH, LOGITS);
    assertThat(all.predictedClass(0)).isEqualTo(1);
    assertThat(all.isCorrect(0)).isFalse();
    assertThat(all.isCorrect(1)).as("an unknown image is never correct").isFalse();
    assertThat(all.isCorrect(2)).isTrue();
    assertThat(all.known().embeddings()).isEmpty();
  }

  @Test
  void theFirstOfEqualLogitsWins() {
    assertThat(HEAD.predictedClass(new float[] {7, 7, 8})).isZero();
  }

  @Test
  void logitsThatAreNotFiniteAreRefusedWithRowAndId() {
    float[][] bad = {{1, 2, 9}, {3, 0, 1}, {4, Float.NaN, 0}};
    assertThatThrownBy(() -> Predictions.withoutEmbeddings(HEAD, TRUTH, bad))
        .hasMessage("row 2 (id 't/2'): logit 1 is NaN; logits must be finite");
    bad[2][1] = Float.NEGATIVE_INFINITY;
    assertThatThrownBy(() -> Predictions.withoutEmbeddings(HEAD, TRUTH, bad))
        .hasMessageContaining("-Infinity");
  }

  @Test
  void shapesAndLabelsAreChecked() {
    assertThatThrownBy(() -> Predictions.withoutEmbeddings(HEAD, TRUTH, new float[2][3]))
        .hasMessage("logits have 2 rows; there are 3 images");
    assertThatThrownBy(() -> new Predictions(HEAD, TRUTH, LOGITS, new float[1][4]))
        .hasMessage("embeddings have 1 rows; there are 3 images");
    assertThatThrownBy(() -> Predictions.withoutEmbeddings(HEAD, TRUTH, new float[3][2]))
        .hasMessage("row 0 (id 't/0'): 2 logits; the head has 3 columns");
    var tooLarge = new Truth(List.of("x"), new int[] {2}, List.of("owl"));
    assertThatThrownBy(() -> Predictions.withoutEmbeddings(HEAD, tooLarge, new float[1][3]))
        .hasMessage("row 0 (id 'x'): label 2; there are 2 known classes");
    assertThatThrownBy(() -> new Truth(List.of("x"), new int[] {-2}, List.of("owl")))
        .hasMessageContaining("label -2");
    assertThatThrownBy(() -> new Truth(List.of("x"), new int[] {0, 1}, List.of("owl")))
        .hasMessageContaining("got 1, 2 and 1");
  }

  @Test
  void aHeadChecksItsNamesAndItsScale() {
    assertThatThrownBy(() -> Head.linear(List.of())).hasMessageContaining("at least one");
    assertThatThrownBy(() -> Head.linear(List.of("a", "a"))).hasMessageContaining("unique");
    assertThatThrownBy(() -> Head.linear(List.of(" "))).hasMessageContaining("not blank");
    assertThatThrownBy(() -> Head.cosine(List.of("a"), 0)).hasMessageContaining("got 0.0");
    assertThatThrownBy(() -> new Head(List.of("a"), false, OptionalDouble.of(Double.NaN)))
        .hasMessageContaining("positive and finite");
  }
}

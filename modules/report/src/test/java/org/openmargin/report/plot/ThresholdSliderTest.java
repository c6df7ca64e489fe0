package org.openmargin.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.UnknownScores;

class ThresholdSliderTest {
  private static final Axis.Range RANGE = new Axis.Range(0, 4, false);

  private static double[] numbers(String text) {
    return text.isEmpty()
        ? new double[0]
        : Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void scoresAscendAndEachKeepsWhetherItsClassIsRight() {
    var scores =
        new UnknownScores(
            new double[] {3, 1, 2}, new double[] {4, 0.5}, new boolean[] {true, false, true});
    var slider = new ThresholdSlider(scores, RANGE, 1);
    assertThat(numbers(slider.known())).containsExactly(1, 2, 3);
    assertThat(slider.right()).isEqualTo("011");
    assertThat(numbers(slider.unknown())).containsExactly(0.5, 4);
    assertThat(slider.position()).isEqualTo(250);
    assertThat(numbers(slider.low() + " " + slider.high())).containsExactly(0, 4);
  }

  @Test
  void withoutUnknownImagesThereAreNoScoresOfThem() {
    var scores = new UnknownScores(new double[] {1}, new double[0], new boolean[] {true});
    assertThat(new ThresholdSlider(scores, RANGE, 1).unknown()).isEmpty();
  }

  @Test
  void roundingMovesNoScoreAcrossTheThreshold() {
    var random = new Random(3);
    for (var trial = 0; trial < 200; trial++) {
      var known = random.doubles(50, 0, 4).toArray();
      var threshold = known[random.nextInt(known.length)];
      var scores = new UnknownScores(known, new double[0], new boolean[known.length]);
      var slider = new ThresholdSlider(scores, RANGE, threshold);
      var at = Double.parseDouble(slider.at());
      assertThat(Arrays.stream(numbers(slider.known())).filter(score -> score > at).count())
          .isEqualTo(Arrays.stream(known).filter(score -> score > threshold).count());
    }
  }

  @Test
  void ofVeryManyImagesAPageHoldsSomeAndTheRatesStay() {
    var known = new Random(5).doubles(23_456, 0, 4).toArray();
    var scores = new UnknownScores(known, known.clone(), new boolean[known.length]);
    var slider = new ThresholdSlider(scores, RANGE, 1);
    var shown = numbers(slider.known());
    assertThat(shown.length).isBetween(ThresholdSlider.MOST / 2, ThresholdSlider.MOST);
    assertThat(slider.right()).hasSize(shown.length);
    for (var at : new double[] {0.5, 1, 3}) {
      var all = (double) Arrays.stream(known).filter(s -> s > at).count() / known.length;
      var part = (double) Arrays.stream(shown).filter(s -> s > at).count() / shown.length;
      assertThat(Math.abs(all - part)).isLessThan(1e-3);
    }
  }
}

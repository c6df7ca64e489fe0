package org.openmargin.scoring.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.scorer.MaxProbability.Domain;
import org.openmargin.scoring.scorer.MaxProbability.Softmax;

class ScorersTest {
  private static final Head OPEN = Head.openCosine(List.of("a", "b"), 4);
  private static final Head LINEAR = Head.linear(List.of("a", "b"));
  // Probabilities 1 : 2 : 5 over the two known classes and the open space.
  private static final float[] ROW = {0, (float) Math.log(2), (float) Math.log(5)};

  @Test
  void openProbabilityCountsTheOpenSpaceAndClosedDoesNot() {
    assertThat(MaxProbability.open(OPEN).unknownScore(ROW))
        .isCloseTo(-Math.log(2.0 / 8), within(1e-6));
    assertThat(MaxProbability.closed(OPEN).unknownScore(ROW))
        .isCloseTo(-Math.log(2.0 / 3), within(1e-6));
  }

  @Test
  void probabilityDomainIsOneMinusTheProbability() {
    assertThat(new MaxProbability(OPEN, Softmax.OPEN, Domain.PROBABILITY).unknownScore(ROW))
        .isCloseTo(0.75, within(1e-7));
    assertThat(new MaxProbability(OPEN, Softmax.CLOSED, Domain.PROBABILITY).unknownScore(ROW))
        .isCloseTo(1.0 / 3, within(1e-7));
  }

  @Test
  void confidentImagesStayDistinctWhereAFloatSoftmaxSaturates() {
    for (Domain domain : Domain.values()) {
      LogitScorer scorer = new MaxProbability(LINEAR, Softmax.CLOSED, domain);
      double sure = scorer.unknownScore(new float[] {60, 0});
      double surer = scorer.unknownScore(new float[] {61, 0});
      assertThat(surer).isPositive().isLessThan(sure);
      assertThat(sure).isCloseTo(Math.exp(-60), within(1e-38));
    }
  }

  @Test
  void anOpenSpaceFarAboveTheKnownClassesDoesNotOverflow() {
    float[] row = {-1000, -1000, 1000};
    assertThat(MaxProbability.open(OPEN).unknownScore(row)).isEqualTo(2000);
    assertThat(new MaxProbability(OPEN, Softmax.OPEN, Domain.PROBABILITY).unknownScore(row))
        .isEqualTo(1);
  }

  @Test
  void aShiftOfAllLogitsDoesNotChangeProbabilities() {
    float[] shifted = {ROW[0] + 512, ROW[1] + 512, ROW[2] + 512};
    assertThat(MaxProbability.open(OPEN).unknownScore(shifted))
        .isCloseTo(MaxProbability.open(OPEN).unknownScore(ROW), within(1e-4));
  }

  @Test
  void maxLogitAndMaxCosineLookAtKnownClassesOnly() {
    float[] row = {-2, 3, 9};
    assertThat(new MaxLogit(OPEN).unknownScore(row)).isEqualTo(-3);
    assertThat(new MaxCosine(OPEN).unknownScore(row)).isEqualTo(-0.75);
  }

  @Test
  void energyIsMinusTheLogSumOfKnownExponentials() {
    assertThat(new Energy(OPEN).unknownScore(ROW)).isCloseTo(-Math.log(3), within(1e-6));
    assertThat(new Energy(OPEN, 2).unknownScore(new float[] {2, 4, 99}))
        .isCloseTo(-2 * Math.log(Math.exp(1) + Math.exp(2)), within(1e-12));
    assertThat(new Energy(LINEAR).unknownScore(new float[] {1000, 1000}))
        .isCloseTo(-1000 - Math.log(2), within(1e-9));
  }

  @Test
  void openProbabilityIsRefusedWithoutAnOpenChannel() {
    assertThatThrownBy(() -> MaxProbability.open(LINEAR))
        .hasMessageContaining("max_probability_open needs a head with an open channel");
  }

  @Test
  void maxCosineIsRefusedWithoutCosines() {
    assertThatThrownBy(() -> new MaxCosine(LINEAR)).hasMessageContaining("needs a cosine head");
  }

  @Test
  void energyRefusesATemperatureThatIsNotPositive() {
    assertThatThrownBy(() -> new Energy(LINEAR, 0)).hasMessageContaining("got 0.0");
    assertThatThrownBy(() -> new Energy(LINEAR, Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    for (LogitScorer scorer : LogitScorers.applicableTo(OPEN)) {
      assertThatThrownBy(() -> scorer.unknownScore(new float[] {1, 2}))
          .hasMessage("a row of logits has 2 columns; this head has 3");
    }
  }

  @Test
  void everyNameGivesTheScorerOfThatName() {
    assertThat(LogitScorers.NAMES)
        .allSatisfy(name -> assertThat(LogitScorers.named(name, OPEN).name()).isEqualTo(name));
    assertThatThrownBy(() -> LogitScorers.named("max_probabilty", OPEN))
        .hasMessageContaining("unknown scorer 'max_probabilty'")
        .hasMessageContaining("max_probability_open");
  }

  @Test
  void aHeadGetsTheScorersItCanHave() {
    assertThat(LogitScorers.applicableTo(OPEN))
        .extracting(Scorer::name)
        .isEqualTo(LogitScorers.NAMES);
    assertThat(LogitScorers.applicableTo(LINEAR))
        .extracting(Scorer::name)
        .containsExactly("max_probability_closed", "max_logit", "energy");
  }
}

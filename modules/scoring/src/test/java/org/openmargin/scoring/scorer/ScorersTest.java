package org.openmargin.scoring.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.scorer.MaxProbability.Domain;
import org.openmargin.scoring.scorer.MaxProbability.Softmax;

class ScorersTest {
  private static final Head OPEN = Head.openCosine(List.of("a", "b"), 4);
  private static final Head LINEAR = Head.linear(List.of("a", "b"));
  // Probabilities 1 : 2 : 5 over the two known classes and the open class.
  private static final float[] ROW = {0, (float) Math.log(2), (float) Math.log(5)};

  @Test
  void openProbabilityCountsTheOpenClassAndClosedDoesNot() {
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
    for (var domain : Domain.values()) {
      var scorer = new MaxProbability(LINEAR, Softmax.CLOSED, domain);
      double sure = scorer.unknownScore(new float[] {60, 0});
      double surer = scorer.unknownScore(new float[] {61, 0});
      assertThat(surer).isPositive().isLessThan(sure);
      assertThat(sure).isCloseTo(Math.exp(-60), within(1e-38));
    }
  }

  @Test
  void anOpenClassFarAboveTheKnownClassesDoesNotOverflow() {
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
  void maxLogitAndMaxCosineUseKnownClassesOnly() {
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
  void openProbabilityIsRefusedWithoutAnOpenClass() {
    assertThatThrownBy(() -> MaxProbability.open(LINEAR))
        .hasMessageContaining("max_probability_open needs a head with an open class");
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
    for (var scorer : ScorerType.reported(OPEN)) {
      assertThatThrownBy(() -> ((LogitScorer) scorer).unknownScore(new float[] {1, 2}))
          .hasMessage("a row of logits has 2 columns; this head has 3");
    }
  }

  @Test
  void everyNameGivesTheTypeOfThatName() {
    for (var type : ScorerType.values()) {
      assertThat(ScorerType.named(type.key())).hasValue(type);
      assertThat(ScorerType.named(type.name())).hasValue(type);
    }
    assertThat(ScorerType.named("max_probabilty")).isEmpty();
  }

  @Test
  void everyTypeMakesAScorerOfItsType() {
    var network = ScorerOracle.trainedHead();
    for (var type : ScorerType.values()) {
      if (type.allows(network)) {
        assertThat(type.scorer(network, ScorerSettings.DEFAULTS).type()).isEqualTo(type);
      }
    }
    var open = TrainedHead.of(OPEN);
    assertThat(ScorerType.REPORTED)
        .allSatisfy(
            type -> assertThat(type.scorer(open, ScorerSettings.DEFAULTS).type()).isEqualTo(type));
  }

  @Test
  void settingsReachTheScorers() {
    var settings =
        new ScorerSettings(
            Domain.PROBABILITY,
            Map.of(ScorerSetting.KNN_NEIGHBOURS, 3.0, ScorerSetting.ODIN_TEMPERATURE, 2.5));
    var network = ScorerOracle.trainedHead();
    assertThat(((Knn) ScorerType.KNN.scorer(network, settings)).neighbours()).isEqualTo(3);
    assertThat(ScorerType.ODIN.scorer(network, settings))
        .isEqualTo(new Odin(ScorerOracle.HEAD, 2.5));
    assertThat(ScorerType.MAX_PROBABILITY_CLOSED.scorer(network, settings))
        .isEqualTo(new MaxProbability(ScorerOracle.HEAD, Softmax.CLOSED, Domain.PROBABILITY));
    assertThat(ScorerType.GEN.scorer(network, settings))
        .isEqualTo(new Gen(ScorerOracle.HEAD, 0.1, 0));
  }

  @Test
  void aHeadGetsTheScorersItCanHave() {
    assertThat(ScorerType.reported(OPEN))
        .extracting(Scorer::name)
        .containsExactly(
            "max_probability_open", "max_probability_closed", "max_logit", "energy", "max_cosine");
    assertThat(ScorerType.reported(LINEAR))
        .extracting(Scorer::name)
        .containsExactly("max_probability_closed", "max_logit", "energy");
    var distances =
        new TrainedHead(LINEAR, ScorerOracle.trainedHead().training(), Optional.empty());
    assertThat(ScorerType.VIM.allows(distances)).isFalse();
    assertThatThrownBy(() -> ScorerType.VIM.scorer(distances, ScorerSettings.DEFAULTS))
        .hasMessage("vim needs a dense or a cosine head; the logits of this one are neither");
  }
}

package org.openmargin.experiment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.ScorerKind;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.nn.Features;
import org.openmargin.scoring.scorer.MaxProbability;
import org.openmargin.scoring.scorer.ScorerSetting;
import org.openmargin.scoring.scorer.ScorerSettings;
import org.openmargin.scoring.scorer.ScorerType;

class ScoringModuleTest {
  private static ScorerSettings settings(ScoringConfig scoring) {
    return new ScoringModule(ExperimentConfig.newBuilder().setScoring(scoring).build())
        .settings(Features.NONE);
  }

  @Test
  void theSchemaHasTheTypesOfScorersInTheirOrder() {
    assertThat(Stream.of(ScorerKind.values()).map(Enum::name))
        .containsExactlyElementsOf(Stream.of(ScorerType.values()).map(Enum::name).toList());
  }

  @Test
  void theSchemaHasEverySettingWithItsDefault() {
    var settings = settings(ScoringConfig.getDefaultInstance());
    assertThat(settings.domain()).isEqualTo(MaxProbability.Domain.LOG);
    assertThat(settings.values()).hasSize(ScorerSetting.values().length);
    settings
        .values()
        .forEach(
            (setting, value) ->
                assertThat(value).as(setting.key()).isEqualTo(setting.defaultValue()));
  }

  @Test
  void settingsAreTakenFromTheFieldsOfTheirNames() {
    var settings =
        settings(
            ScoringConfig.newBuilder()
                .setNnguideNeighbours(7)
                .setReactQuantile(0.75)
                .setProbabilityDomain(ScoringConfig.ProbabilityDomain.DOUBLE)
                .build());
    assertThat(settings.values())
        .containsEntry(ScorerSetting.NNGUIDE_NEIGHBOURS, 7.0)
        .containsEntry(ScorerSetting.REACT_QUANTILE, 0.75);
    assertThat(settings.domain()).isEqualTo(MaxProbability.Domain.PROBABILITY);
  }
}

package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.EnumMap;
import java.util.Optional;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.ScorerKind;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.experiment.wiring.Scoring.DefaultScorer;
import org.openmargin.nn.Views;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.scorer.MaxProbability;
import org.openmargin.scoring.scorer.ScorerSetting;
import org.openmargin.scoring.scorer.ScorerSettings;
import org.openmargin.scoring.scorer.ScorerType;

/** Binds how images are scored and rejected, by {@code scoring} and {@code export}. */
final class ScoringModule extends AbstractModule {
  private final ExperimentConfig config;
  private final ScoringConfig scoring;

  ScoringModule(ExperimentConfig config) {
    this.config = config;
    this.scoring = config.getScoring();
  }

  @Provides
  @Singleton
  Views views() {
    return switch (scoring.getViews()) {
      case SINGLE -> Views.SINGLE;
      case MIRRORED -> Views.MIRRORED;
      case DIHEDRAL -> Views.DIHEDRAL;
    };
  }

  @Provides
  @Singleton
  Scoring scoring(ScorerSettings settings) {
    var export = config.getExport();
    var decision =
        new Scoring.Decision(
            scoring.hasSelected() ? Optional.of(type(scoring.getSelected())) : Optional.empty(),
            ofLoss(),
            export.getAlpha(),
            export.getFurtherAlphasList());
    return new Scoring(
        scoring.getScorersList().stream().map(ScoringModule::type).toList(),
        settings,
        decision,
        Bootstrap.seeded(config.getRuntime().getSeed()));
  }

  private static ScorerType type(ScorerKind kind) {
    return ScorerType.valueOf(kind.name());
  }

  private Optional<DefaultScorer> ofLoss() {
    return switch (config.getLoss().getKindCase()) {
      case GCPL -> Optional.of(new DefaultScorer(ScorerType.MAX_PROBABILITY_CLOSED, "GCPL"));
      case RPL -> Optional.of(new DefaultScorer(ScorerType.MAX_PROBABILITY_CLOSED, "RPL"));
      case ARPL -> Optional.of(new DefaultScorer(ScorerType.MAX_LOGIT, "ARPL"));
      case OMCL,
          SOFTMAX,
          CUSTOM,
          DIAS,
          NORMFACE,
          COSFACE,
          NMCL,
          ARCFACE,
          SPHEREFACE,
          KIND_NOT_SET ->
          Optional.empty();
    };
  }

  /** Each setting is taken from the field of the same name. */
  @Provides
  @Singleton
  ScorerSettings settings() {
    var values = new EnumMap<ScorerSetting, Double>(ScorerSetting.class);
    for (var setting : ScorerSetting.values()) {
      var field = ScoringConfig.getDescriptor().findFieldByName(setting.key());
      values.put(setting, ((Number) scoring.getField(field)).doubleValue());
    }
    var domain =
        scoring.getProbabilityDomain() == ScoringConfig.ProbabilityDomain.DOUBLE
            ? MaxProbability.Domain.PROBABILITY
            : MaxProbability.Domain.LOG;
    return new ScorerSettings(domain, values);
  }
}

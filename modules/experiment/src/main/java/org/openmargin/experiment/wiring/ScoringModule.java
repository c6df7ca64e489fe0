package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.EnumMap;
import java.util.Optional;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.Features;
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
  private final FeaturesWiring wiring;

  ScoringModule(ExperimentConfig config) {
    this.config = config;
    this.scoring = config.getScoring();
    this.wiring = new FeaturesWiring(scoring);
  }

  @Provides
  @Singleton
  Views views() {
    return FeaturesWiring.views(scoring.getViews());
  }

  @Provides
  @Singleton
  Features features(Backbone backbone) {
    return wiring.of(backbone);
  }

  @Provides
  @Singleton
  Scoring scoring(ScorerSettings settings, Features features) {
    return new Scoring(
        scoring.getScorersList().stream().map(FeaturesWiring::type).toList(),
        settings,
        scoring.getFitPasses(),
        decision(),
        Bootstrap.seeded(config.getRuntime().getSeed()),
        wiring.similarity(features.names()));
  }

  private DecidingScorer decision() {
    var selected =
        scoring.hasSelected()
            ? Optional.of(FeaturesWiring.type(scoring.getSelected()))
            : Optional.<ScorerType>empty();
    var export = config.getExport();
    return new DecidingScorer(selected, ofLoss(), export.getAlpha(), export.getFurtherAlphasList());
  }

  private Optional<DecidingScorer.Default> ofLoss() {
    return switch (config.getLoss().getKindCase()) {
      case GCPL ->
          Optional.of(new DecidingScorer.Default(ScorerType.MAX_PROBABILITY_CLOSED, "GCPL"));
      case RPL -> Optional.of(new DecidingScorer.Default(ScorerType.MAX_PROBABILITY_CLOSED, "RPL"));
      case ARPL -> Optional.of(new DecidingScorer.Default(ScorerType.MAX_LOGIT, "ARPL"));
      case GAUSSIAN ->
          Optional.of(new DecidingScorer.Default(ScorerType.MAX_LOGIT, "Gaussian heads"));
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
  ScorerSettings settings(Features features) {
    var values = new EnumMap<ScorerSetting, Double>(ScorerSetting.class);
    for (var setting : ScorerSetting.values()) {
      var field = ScoringConfig.getDescriptor().findFieldByName(setting.key());
      values.put(setting, ((Number) scoring.getField(field)).doubleValue());
    }
    var domain =
        scoring.getProbabilityDomain() == ScoringConfig.ProbabilityDomain.DOUBLE
            ? MaxProbability.Domain.PROBABILITY
            : MaxProbability.Domain.LOG;
    return new ScorerSettings(domain, values, wiring.layers(features));
  }
}

package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.config.v1.ScorerKind;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.Scoring.DefaultScorer;
import org.openmargin.model.StainStatistics;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.Features;
import org.openmargin.nn.ImageStatistics;
import org.openmargin.nn.StagedBackbone;
import org.openmargin.nn.Views;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.numeric.Shrinkage;
import org.openmargin.scoring.scorer.Combination;
import org.openmargin.scoring.scorer.LayerSettings;
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
    return views(scoring.getViews());
  }

  private static Views views(ScoringConfig.Views views) {
    return switch (views) {
      case SINGLE -> Views.SINGLE;
      case MIRRORED -> Views.MIRRORED;
      case DIHEDRAL -> Views.DIHEDRAL;
    };
  }

  @Provides
  @Singleton
  Scoring scoring(ScorerSettings settings, Features features) {
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
        Bootstrap.seeded(config.getRuntime().getSeed()),
        similarity(features.names()));
  }

  private Optional<Scoring.Similarity> similarity(List<String> present) {
    if (!scoring.hasSimilarity()) {
      return Optional.empty();
    }
    var similarity = scoring.getSimilarity();
    var wanted = similarity.getFeaturesCount() > 0 ? similarity.getFeaturesList() : present;
    for (var name : wanted) {
      if (!present.contains(name)) {
        throw new RunException(
            "scoring.similarity.features: there is no feature '%s'; scoring.features has %s"
                .formatted(name, present.isEmpty() ? "none" : String.join(", ", present)));
      }
    }
    if (wanted.isEmpty()) {
      throw new RunException(
          "scoring.similarity needs features: the backbone has no maps; add scoring.features { stain_statistics {} }");
    }
    return Optional.of(new Scoring.Similarity(wanted, similarity.getWhitening()));
  }

  private static ScorerType type(ScorerKind kind) {
    return ScorerType.valueOf(kind.name());
  }

  private Optional<DefaultScorer> ofLoss() {
    return switch (config.getLoss().getKindCase()) {
      case GCPL -> Optional.of(new DefaultScorer(ScorerType.MAX_PROBABILITY_CLOSED, "GCPL"));
      case RPL -> Optional.of(new DefaultScorer(ScorerType.MAX_PROBABILITY_CLOSED, "RPL"));
      case ARPL -> Optional.of(new DefaultScorer(ScorerType.MAX_LOGIT, "ARPL"));
      case GAUSSIAN -> Optional.of(new DefaultScorer(ScorerType.MAX_LOGIT, "Gaussian heads"));
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
    return new ScorerSettings(domain, values, layers(features));
  }

  private LayerSettings layers(Features features) {
    var wanted = scoring.getFeatures();
    var shrinkage =
        switch (wanted.getShrinkage()) {
          case LEDOIT_WOLF -> new Shrinkage.LedoitWolf();
          case OAS -> new Shrinkage.Oas();
          case FIXED -> new Shrinkage.Fixed(wanted.getShrinkageShare());
        };
    var rule =
        switch (scoring.getCombination().getRule()) {
          case FISHER -> Combination.Rule.FISHER;
          case LARGEST -> Combination.Rule.LARGEST;
        };
    var own =
        scoring.getCombination().hasOwn()
            ? Optional.of(type(scoring.getCombination().getOwn()))
            : Optional.<ScorerType>empty();
    // The first map still holds what the pixels held; what later ones make of foreign images
    // varies.
    var guard =
        Stream.concat(
                features.maps().stream().limit(1),
                features.statistics().stream().map(ImageStatistics::name))
            .toList();
    return new LayerSettings(features.names(), guard, shrinkage, rule, own);
  }

  /** What inference computes besides embeddings; a map that the backbone lacks is refused later. */
  @Provides
  @Singleton
  Features features(Backbone backbone) {
    var wanted = scoring.getFeatures();
    var present = backbone instanceof StagedBackbone staged ? staged.maps() : List.<String>of();
    var maps = wanted.getMapsCount() > 0 ? wanted.getMapsList() : present;
    return new Features(
        List.copyOf(maps),
        wanted.hasStainStatistics() ? List.of(new StainStatistics()) : List.of(),
        views(wanted.hasViews() ? wanted.getViews() : scoring.getViews()));
  }
}

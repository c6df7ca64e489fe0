package org.openmargin.experiment.wiring;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.config.v1.ScorerKind;
import org.openmargin.config.v1.ScoringConfig;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.model.StainStatistics;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.Features;
import org.openmargin.nn.ImageStatistics;
import org.openmargin.nn.StagedBackbone;
import org.openmargin.nn.Views;
import org.openmargin.scoring.numeric.Shrinkage;
import org.openmargin.scoring.scorer.Combination;
import org.openmargin.scoring.scorer.LayerSettings;
import org.openmargin.scoring.scorer.ScorerType;

/**
 * From {@code scoring.features} to what inference computes, and from what is computed to the
 * settings of all who use it.
 */
record FeaturesWiring(ScoringConfig scoring) {

  static Views views(ScoringConfig.Views views) {
    return switch (views) {
      case SINGLE -> Views.SINGLE;
      case MIRRORED -> Views.MIRRORED;
      case DIHEDRAL -> Views.DIHEDRAL;
    };
  }

  static ScorerType type(ScorerKind kind) {
    return ScorerType.valueOf(kind.name());
  }

  /** What inference computes besides embeddings; a map that the backbone lacks is refused later. */
  Features of(Backbone backbone) {
    var wanted = scoring.getFeatures();
    var present = backbone instanceof StagedBackbone staged ? staged.maps() : List.<String>of();
    var maps = wanted.getMapsCount() > 0 ? wanted.getMapsList() : present;
    return new Features(
        List.copyOf(maps),
        wanted.hasStainStatistics() ? List.of(new StainStatistics()) : List.of(),
        views(wanted.hasViews() ? wanted.getViews() : scoring.getViews()));
  }

  /** For scorers of layers. */
  LayerSettings layers(Features features) {
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

  /**
   * What an exported model gives as an embedding.
   *
   * @param present names of the features
   * @throws RunException if a wanted one is not among them, or there are none
   */
  Optional<Scoring.Similarity> similarity(List<String> present) {
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
}

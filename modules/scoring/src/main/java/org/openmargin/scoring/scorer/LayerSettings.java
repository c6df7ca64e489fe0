package org.openmargin.scoring.scorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.scoring.numeric.Shrinkage;

/**
 * The settings of scorers that look at more than the last layer.
 *
 * @param features their names, in order
 * @param shrinkage of each class's covariance
 * @param rule of {@link Combination}
 * @param guard those of the features that see whether an image is of the usual kind at all
 * @param own the head's own score, one part of {@link Combination}; empty: the features alone
 */
public record LayerSettings(
    List<String> features,
    List<String> guard,
    Shrinkage shrinkage,
    Combination.Rule rule,
    Optional<ScorerType> own) {
  /** No features, Ledoit-Wolf, Fisher. */
  public static final LayerSettings NONE =
      new LayerSettings(
          List.of(),
          List.of(),
          new Shrinkage.LedoitWolf(),
          Combination.Rule.FISHER,
          Optional.empty());

  public LayerSettings {
    features = List.copyOf(features);
    guard = List.copyOf(guard);
  }

  LayerSettings withOwn(ScorerType fallback) {
    return new LayerSettings(features, guard, shrinkage, rule, own.or(() -> Optional.of(fallback)));
  }

  LayerGaussian gaussian(TrainedHead from) {
    return LayerGaussian.fit(from, features, shrinkage);
  }

  LayerKnn knn(TrainedHead from, int neighbours) {
    return LayerKnn.fit(from.outputs(), features, neighbours);
  }

  LayerVim vim(TrainedHead from, int dimensions) {
    return LayerVim.fit(from.outputs(), features, dimensions);
  }

  /** The own score and one Gaussian for each feature. */
  Combination combination(TrainedHead from, ScorerSettings settings) {
    var parts = new ArrayList<Combination.Unscaled>();
    own.ifPresent(
        type -> parts.add(new Combination.Unscaled("own", type.scorer(from, settings), false)));
    for (var feature : features) {
      var gaussian = LayerGaussian.fit(from, List.of(feature), shrinkage);
      parts.add(new Combination.Unscaled(feature, gaussian, guard.contains(feature)));
    }
    return Combination.fit(parts, rule, from.reference().orElseThrow());
  }
}

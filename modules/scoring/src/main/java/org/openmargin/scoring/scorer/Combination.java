package org.openmargin.scoring.scorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.numeric.TailScale;

/**
 * Several scorers as one: each score becomes {@code -log p} on its {@link TailScale}, and these are
 * summed or the largest is taken. One of them sees what lies between two known classes, another
 * what is like none of them, another what is no such picture at all.
 *
 * <p>The scales come from one part of the known validation images, the threshold of the combination
 * from the rest, so that the rate at which known images are rejected is bounded for the combination
 * as a whole, however its parts depend on each other.
 *
 * <p>Sources: Fisher, "Statistical Methods for Research Workers", 1925, section 21.1 (the sum);
 * Tippett, "The Methods of Statistics", 1931 (the smallest p); Bates et al., "Testing for outliers
 * with conformal p-values", Annals of Statistics 2023, section 2.
 *
 * @param parts at least one
 */
public record Combination(List<Combination.Part> parts, Combination.Rule rule) implements Scorer {
  /**
   * @param label what it looks at: {@code own} for the head's score, or the name of a feature
   * @param guards whether it sees that an image is of no usual kind at all
   */
  public record Part(String label, Scorer scorer, TailScale scale, boolean guards) {}

  /** How the parts are joined. */
  public enum Rule {
    /** Sum of -log p. */
    FISHER,
    /** Largest -log p. */
    LARGEST
  }

  public Combination {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a combination needs at least one scorer");
    }
  }

  /** The validation images that set the scales: a half, whose groups are not in the other. */
  public static Predictions reference(Predictions validation) {
    return validation.half(true);
  }

  /** The others, which set the threshold. */
  @Override
  public Predictions calibrating(Predictions validation) {
    return validation.half(false);
  }

  /** How many of a class's validation images set the scales, if each is alone. */
  public static int referenceImages(int validationImages) {
    return (validationImages + 1) / 2;
  }

  /** How many of a class's validation images set the threshold, if each is alone. */
  public static int calibratingImages(int validationImages) {
    return validationImages / 2;
  }

  /** A scorer with its label, before its scale is known. */
  public record Unscaled(String label, Scorer scorer, boolean guards) {}

  /**
   * @param reference known validation images, not those that set the threshold
   */
  static Combination fit(List<Unscaled> scorers, Rule rule, Predictions reference) {
    var parts = new ArrayList<Part>();
    for (var part : scorers) {
      var scale = TailScale.fit(part.scorer().unknownScores(reference));
      parts.add(new Part(part.label(), part.scorer(), scale, part.guards()));
    }
    return new Combination(parts, rule);
  }

  /** The largest -log p of the parts that guard; empty if none does. */
  public Optional<Combination> guard() {
    var guards = parts.stream().filter(Part::guards).toList();
    return guards.isEmpty() ? Optional.empty() : Optional.of(new Combination(guards, Rule.LARGEST));
  }

  @Override
  public ScorerType type() {
    return ScorerType.COMBINATION;
  }

  @Override
  public String formula() {
    return "%s of -log p of %s, p the share of known images with a score as high"
        .formatted(
            rule == Rule.FISHER ? "sum" : "largest",
            parts.stream().map(Part::label).collect(Collectors.joining(", ")));
  }

  @Override
  public double[] unknownScores(Predictions predictions) {
    var joined = new double[predictions.size()];
    for (int i = 0; i < parts.size(); i++) {
      var scores = parts.get(i).scorer().unknownScores(predictions);
      for (int row = 0; row < joined.length; row++) {
        double surprise = parts.get(i).scale().of(scores[row]);
        joined[row] = i == 0 ? surprise : joined(joined[row], surprise);
      }
    }
    return joined;
  }

  private double joined(double a, double b) {
    return switch (rule) {
      case FISHER -> a + b;
      case LARGEST -> Math.max(a, b);
    };
  }
}

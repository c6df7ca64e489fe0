package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.serving.Classification;

/**
 * A model's answer about a file.
 *
 * @param file the image
 * @param unknownScore higher = more unknown
 * @param unknown whether the image is rejected
 * @param unusual whether it is of no usual kind at all
 * @param bestKnown the best known class, even if the image is rejected
 * @param probabilities of the known classes, in label order
 */
public record Answer(
    Path file,
    double unknownScore,
    boolean unknown,
    boolean unusual,
    BestKnown bestKnown,
    List<Float> probabilities) {

  /**
   * @param label a known class
   * @param probability of it
   */
  public record BestKnown(String label, double probability) {}

  /**
   * @param classNames known classes in label order
   * @param threshold unknown scores above it mean "unknown"
   */
  public record Model(List<String> classNames, double threshold) {}

  /**
   * @param found has a score
   */
  static Answer of(Path file, Classification found, List<String> classNames) {
    var probabilities = new ArrayList<Float>();
    for (var probability : found.probabilities()) {
      probabilities.add(probability);
    }
    var best = found.bestKnownLabel();
    return new Answer(
        file,
        found.unknownScore(),
        found.unknown(),
        found.unusual(),
        new BestKnown(best, probabilities.get(classNames.indexOf(best))),
        probabilities);
  }

  /** Why the image is rejected, in words; empty if it is not. */
  String rejection() {
    if (!unknown) {
      return "";
    }
    return unusual ? "unusual input" : "unknown score above threshold";
  }

  /** A known class, or "unknown". */
  String label() {
    return unknown ? "unknown" : bestKnown.label();
  }
}

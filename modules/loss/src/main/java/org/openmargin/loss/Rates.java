package org.openmargin.loss;

/**
 * Learning rates relative to the model's; 0 keeps a weight as it starts. Points start near 0 and
 * Adam moves each number by at most about its rate in a step, so at the model's rate they and the
 * radius take many epochs to get as far as embeddings are.
 *
 * @param points of the points
 * @param radius of the radius R
 */
public record Rates(double points, double radius) {
  /** The model's own. */
  public static final Rates EQUAL = new Rates(1, 1);

  public Rates {
    if (!(points >= 0 && radius >= 0)) {
      throw new IllegalArgumentException(
          "rate factors must be at least 0, not %s and %s".formatted(points, radius));
    }
  }
}

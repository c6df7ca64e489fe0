package org.openmargin.loss;

import java.util.Optional;
import org.openmargin.nn.Net;
import org.openmargin.nn.layers.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Open-space suppression by descriptors {@code d ~ U(-s, s)^d}.
 *
 * @param weight lambda; 0 for none
 * @param descriptorsPerImage M / N
 */
public record Suppression(
    double weight,
    double descriptorsPerImage,
    Descriptors descriptors,
    Reduction reduction,
    Trains trains) {

  /** How a descriptor d becomes logits, with unit prototypes w_j. */
  public enum Descriptors {
    /** {@code s d / |d| . w_j}: s times a cosine. */
    NORMALIZED,
    /** {@code d . w_j}: s is already in d, which is drawn from U(-s, s). */
    RAW
  }

  /** What the gradient of OSS reaches. */
  public enum Trains {
    PROTOTYPES_AND_SCALE,
    /** The prototypes are constants to OSS, which would otherwise draw them together. */
    SCALE
  }

  /** How MLAS and OSS are added. */
  public enum Reduction {
    /** {@code mean over N images + lambda mean over M descriptors}. */
    SUM_OF_MEANS,
    /**
     * The paper's {@code (sum over N images + lambda sum over M descriptors) / (N + M)}: for M = N,
     * half of the other form, which makes no difference to Adam; for other M, more descriptors give
     * OSS more weight.
     */
    JOINT_MEAN
  }

  public static final Suppression NONE =
      new Suppression(0, 1, Descriptors.NORMALIZED, Reduction.SUM_OF_MEANS);

  public Suppression {
    if (!(weight >= 0 && descriptorsPerImage > 0)) {
      throw new IllegalArgumentException(
          "suppression needs a weight of at least 0 and more than 0 descriptors per image, not %s and %s"
              .formatted(weight, descriptorsPerImage));
    }
  }

  /** One that trains prototypes and scale. */
  public Suppression(
      double weight, double descriptorsPerImage, Descriptors descriptors, Reduction reduction) {
    this(weight, descriptorsPerImage, descriptors, reduction, Trains.PROTOTYPES_AND_SCALE);
  }

  /** A copy that trains something else. */
  public Suppression with(Trains other) {
    return new Suppression(weight, descriptorsPerImage, descriptors, reduction, other);
  }

  /** The prototypes as OSS sees them. */
  Operand<TFloat32> seen(Net net, Operand<TFloat32> prototypes) {
    return switch (trains) {
      case PROTOTYPES_AND_SCALE -> prototypes;
      case SCALE -> net.tf().stopGradient(prototypes);
    };
  }

  /** [M, d] for embeddings of shape [N, d], new in each step. */
  Operand<TFloat32> descriptors(Net net, Shape embeddings, Operand<TFloat32> scale) {
    var tf = net.tf();
    var uniform =
        net.uniformRows("descriptors", Shape.of(count(embeddings.get(0)), embeddings.get(1)));
    var unit = tf.math.sub(net.scaled(2, uniform), tf.constant(1f));
    return switch (descriptors) {
      // A cosine does not change with the length of d, so drawing from U(-1, 1) is enough.
      case NORMALIZED -> Layers.normalize(net, unit);
      case RAW -> tf.math.mul(unit, tf.stopGradient(scale));
    };
  }

  Operand<TFloat32> sum(Net net, Operand<TFloat32> mlas, Operand<TFloat32> oss, long images) {
    var all = images + count(images);
    return switch (reduction) {
      case SUM_OF_MEANS -> net.sum(net.scaled(1, mlas), weight, oss);
      case JOINT_MEAN ->
          net.sum(net.scaled((double) images / all, mlas), weight * count(images) / all, oss);
    };
  }

  /** Why parts of a batch do not have the descriptors of the whole batch between them. */
  Optional<String> whyIndivisible(int batchSize, int parts) {
    var own = count(batchSize / parts);
    if (weight == 0 || own * parts == count(batchSize)) {
      return Optional.empty();
    }
    return Optional.of(
        "with %s descriptors per image, a batch of %d images has %d descriptors, its %d parts of %d images have %d each; choose descriptors_per_image so that a part has a whole number of them"
            .formatted(
                descriptorsPerImage, batchSize, count(batchSize), parts, batchSize / parts, own));
  }

  private long count(long images) {
    return Math.max(1, Math.round(descriptorsPerImage * images));
  }
}

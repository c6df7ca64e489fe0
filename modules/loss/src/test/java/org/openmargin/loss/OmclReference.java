package org.openmargin.loss;

import org.openmargin.nn.Reference;

/**
 * OMCL in plain Java and double precision, written from the formula: the open class is one more
 * term of the sum, {@code exp(s t)}.
 *
 * @param omcl the settings
 * @param d elements of an embedding
 */
record OmclReference(Omcl omcl, int d) {

  /** {@code -log p(label)} of each image, with margins. */
  double[] mlas(double scale, double[] embeddings, double[] prototypes, int[] labels) {
    var cosines =
        Reference.product(
            Reference.normalize(embeddings, d), Reference.normalize(prototypes, d), d);
    var losses = new double[labels.length];
    for (var i = 0; i < labels.length; i++) {
      var logits = new double[omcl.classes()];
      for (var j = 0; j < omcl.classes(); j++) {
        var margin = j == labels[i] ? -omcl.margins().target() : omcl.margins().other();
        logits[j] = scale * (cosines[i * omcl.classes() + j] + margin);
      }
      losses[i] = logSumExp(logits, scale) - logits[labels[i]];
    }
    return losses;
  }

  /**
   * {@code -log p(open)} of each descriptor, given as it enters the product. A raw one has s in it
   * already, so no factor comes before its product.
   */
  double[] oss(double scale, double[] descriptors, double[] prototypes) {
    var raw = omcl.openClass().suppression().descriptors() == Suppression.Descriptors.RAW;
    var factor = raw ? 1 : scale;
    var similarities = Reference.product(descriptors, Reference.normalize(prototypes, d), d);
    var losses = new double[descriptors.length / d];
    for (var i = 0; i < losses.length; i++) {
      var logits = new double[omcl.classes()];
      for (var j = 0; j < omcl.classes(); j++) {
        logits[j] = factor * similarities[i * omcl.classes() + j];
      }
      losses[i] = logSumExp(logits, scale) - scale * omcl.openClass().threshold();
    }
    return losses;
  }

  /** Both terms, added as the settings say. */
  double total(double[] mlas, double[] oss) {
    var weight = omcl.openClass().suppression().weight();
    return switch (omcl.openClass().suppression().reduction()) {
      case SUM_OF_MEANS -> mean(mlas) + weight * mean(oss);
      case JOINT_MEAN -> (sum(mlas) + weight * sum(oss)) / (mlas.length + oss.length);
    };
  }

  static double mean(double[] values) {
    return sum(values) / values.length;
  }

  private static double sum(double[] values) {
    var sum = 0.0;
    for (var value : values) {
      sum += value;
    }
    return sum;
  }

  private double logSumExp(double[] logits, double scale) {
    var sum = omcl.openClass().present() ? Math.exp(scale * omcl.openClass().threshold()) : 0;
    for (var logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum);
  }
}

package org.openmargin.loss;

import org.openmargin.nn.Reference;

/**
 * Margin losses in plain Java and double precision, by angles.
 *
 * @param margin the target's logit
 * @param d elements of an embedding
 */
record MarginReference(Margin margin, int d) {

  /** A label's logit. */
  interface Margin {
    /**
     * @param angle between embedding and prototype
     * @param length of the embedding
     */
    double logit(double angle, double length);
  }

  static Margin cosFace(double m, double s) {
    return (angle, length) -> s * (Math.cos(angle) - m);
  }

  static Margin arcFace(double m, double s) {
    return (angle, length) ->
        angle <= Math.PI - m ? s * Math.cos(angle + m) : s * (Math.cos(angle) - m * Math.sin(m));
  }

  static Margin sphereFace(int m) {
    return (angle, length) -> {
      var k = Math.floor(angle * m / Math.PI);
      return length * (Math.pow(-1, k) * Math.cos(m * angle) - 2 * k);
    };
  }

  /** lambda parts of the plain cosine to one part of the margin. */
  static Margin annealed(double lambda, int m) {
    var full = sphereFace(m);
    return (angle, length) ->
        (lambda * length * Math.cos(angle) + full.logit(angle, length)) / (1 + lambda);
  }

  /**
   * @param plain gives the others' logits
   */
  double loss(Margin plain, double[] x, double[] prototypes, int[] labels) {
    var classes = prototypes.length / d;
    var cosines =
        Reference.product(Reference.normalize(x, d), Reference.normalize(prototypes, d), d);
    var logits = new double[cosines.length];
    for (var i = 0; i < logits.length; i++) {
      var length = 0.0;
      for (var e = 0; e < d; e++) {
        length += x[i / classes * d + e] * x[i / classes * d + e];
      }
      var which = i % classes == labels[i / classes] ? margin : plain;
      logits[i] = which.logit(Math.acos(Math.max(-1, Math.min(1, cosines[i]))), Math.sqrt(length));
    }
    return PointReference.crossEntropy(logits, labels);
  }
}

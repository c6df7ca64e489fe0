package org.openmargin.scoring.identification;

/**
 * Share of the probes of enrolled identities whose most similar identity is the right one, whatever
 * the similarity (rank-1 closed-set identification rate).
 */
final class IdentificationAccuracy {
  private IdentificationAccuracy() {}

  static double of(Identifications answers) {
    var right = 0;
    for (var one : answers.right()) {
      right += one ? 1 : 0;
    }
    return (double) right / answers.right().length;
  }
}

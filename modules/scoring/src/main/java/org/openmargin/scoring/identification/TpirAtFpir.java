package org.openmargin.scoring.identification;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * True positive identification rate at a false positive identification rate f: the share of genuine
 * probes that are accepted, and rightly identified at rank 1, by the lowest threshold that accepts
 * at most floor(f N) of the N impostors; accepted is what is strictly more similar than the next
 * impostor. Source: Grother, Ngan, Hanaoka, "Face Recognition Vendor Test, part 2: Identification",
 * NISTIR 8271, 2019 (TPIR = 1 - FNIR at rank 1).
 */
final class TpirAtFpir {
  private TpirAtFpir() {}

  /** Empty if f N is less than 1: no impostor may then be accepted, which is another rate. */
  static OptionalDouble of(Identifications answers, double fpir) {
    var impostors = answers.impostors().clone();
    Arrays.sort(impostors);
    var accepted = (int) Math.floor(fpir * impostors.length + 1e-9);
    if (accepted < 1) {
      return OptionalDouble.empty();
    }
    var threshold = impostors[impostors.length - 1 - accepted];
    var identified = 0;
    for (var i = 0; i < answers.right().length; i++) {
      identified += answers.right()[i] && answers.genuine()[i] > threshold ? 1 : 0;
    }
    return OptionalDouble.of((double) identified / answers.right().length);
  }
}

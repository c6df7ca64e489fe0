package org.openmargin.benchmark.rehearsal;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.experiment.folder.RunException;

/**
 * What is left of the candidates.
 *
 * @param remarks what was left out, one sentence each
 */
record Possible(Candidates candidates, List<String> remarks) {

  Possible {
    remarks = List.copyOf(remarks);
  }

  /**
   * Those that the images allow.
   *
   * @throws RunException if there are too few images, or none is left
   */
  static Possible of(Candidates all, ImageCheck check) {
    check.requireEnough();
    var left = all;
    var remarks = new ArrayList<>(all.remarks());
    for (var training : all.trainings()) {
      if (!check.fits(all.of(training).get(0).experiment())) {
        left = left.without(training);
        remarks.add("'%s' is left out: quarter turns need square images".formatted(training));
      }
    }
    if (left.all().isEmpty()) {
      throw new RunException("no way of training fits the images: " + String.join("; ", remarks));
    }
    return new Possible(left, remarks);
  }
}

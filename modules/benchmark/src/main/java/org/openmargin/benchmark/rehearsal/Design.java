package org.openmargin.benchmark.rehearsal;

import java.util.List;
import org.openmargin.config.v1.ExperimentConfig;

/**
 * What was rehearsed.
 *
 * @param base the experiment without any candidate's changes
 */
record Design(ExperimentConfig base, List<Fold> folds, List<Long> seeds) {

  /** What posed as unknown, in a sentence. */
  String sentence() {
    if (folds.get(0).heldOut().isEmpty()) {
      return "Of two known classes none could be held out: blends of an image of each posed as unknown, beside the generated foreign images; how well a new class is rejected could not be rehearsed.";
    }
    var known = base.getData().getKnownClassesCount();
    var single = folds.stream().filter(fold -> fold.heldOut().size() == 1).count();
    var pairs = folds.size() - single;
    return "Of %d known classes, %d were held out one at a time%s, and posed as unknown on validation images; neither test images nor other classes were seen."
        .formatted(known, single, pairs == 0 ? "" : ", and %d pairs of them".formatted(pairs));
  }
}

package org.openmargin.experiment.fit;

import java.util.stream.Stream;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.Views;
import org.openmargin.scoring.training.EvenShare;

/**
 * Which training images a fit sees, and the most views of each: all views of all images if the
 * passes through the network suffice, else fewer views of all images, else one view of an {@link
 * EvenShare} of each class. A covariance needs many images more than it needs many views of each:
 * with known classes that posed as unknown, one view of all images lost less than all views of
 * three in eight, at a third of the work.
 */
record FitSight(KnownImages images, Views most) {

  /**
   * @param present views of an image that the network sees outside a fit
   * @param passes most views of images, in all
   */
  static FitSight of(KnownImages train, Views present, int passes) {
    return Stream.of(Views.DIHEDRAL, Views.MIRRORED, Views.SINGLE)
        .filter(views -> views.count() <= present.count())
        .filter(views -> (long) views.count() * train.count() <= passes)
        .findFirst()
        .map(views -> new FitSight(train, views))
        .orElseGet(
            () -> new FitSight(train.select(EvenShare.rows(train.labels(), passes)), Views.SINGLE));
  }

  /** The fewer of some views and those of this fit. */
  Views of(Views views) {
    return views.count() <= most.count() ? views : most;
  }
}

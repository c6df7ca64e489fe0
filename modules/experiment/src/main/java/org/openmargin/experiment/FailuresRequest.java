package org.openmargin.experiment;

import org.openmargin.experiment.folder.RunException;

/**
 * What to show of the failures of a run.
 *
 * @param images whether to show the images themselves, and where the network looked; the page then
 *     holds images of the test set
 * @param most worst images of each kind, at least 1
 */
public record FailuresRequest(boolean images, int most) {
  /** Eight of each kind, without images. */
  public static final FailuresRequest DEFAULT = new FailuresRequest(false, 8);

  /** Throws a {@link RunException} for fewer than 1 image. */
  public FailuresRequest {
    if (most < 1) {
      throw new RunException(
          "the analysis of failures shows at least 1 image of each kind (--most), not " + most);
    }
  }
}

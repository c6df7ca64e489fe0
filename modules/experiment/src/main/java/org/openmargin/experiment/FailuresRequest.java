package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.Optional;
import org.openmargin.experiment.folder.RunException;

/**
 * What to show of the failures of a run.
 *
 * @param images whether to show the images themselves, and where the network looked; the page then
 *     holds images of the test set
 * @param most worst images of each kind, at least 1
 * @param against folder of an evaluated run with the same classes, to compare with
 */
public record FailuresRequest(boolean images, int most, Optional<Path> against) {
  /** Eight of each kind, without images. */
  public static final FailuresRequest DEFAULT = new FailuresRequest(false, 8, Optional.empty());

  /** Throws a {@link RunException} for fewer than 1 image. */
  public FailuresRequest {
    if (most < 1) {
      throw new RunException(
          "the analysis of failures shows at least 1 image of each kind (FailuresRequest.most), not "
              + most);
    }
  }
}

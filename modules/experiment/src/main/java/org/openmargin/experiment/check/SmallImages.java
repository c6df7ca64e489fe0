package org.openmargin.experiment.check;

import java.util.Optional;
import org.openmargin.data.ImageSizes;

/** Training images that are enlarged to the network's input. */
public final class SmallImages {
  private SmallImages() {}

  /**
   * What to say about them.
   *
   * @param inputPx shorter side of the network's input
   * @return empty if there are none
   */
  public static Optional<String> sentence(ImageSizes sizes, int inputPx) {
    var smaller = sizes.smallerThan(inputPx);
    if (smaller == 0) {
      return Optional.empty();
    }
    var sides = sizes.shorterSide();
    var which =
        smaller == sizes.sizes().size()
            ? "the training images are"
            : "%d of a sample of %d training images are".formatted(smaller, sizes.sizes().size());
    var range =
        sides.least() == sides.greatest()
            ? "%d px".formatted(sides.least())
            : "%d to %d px, %d px in the middle"
                .formatted(sides.least(), sides.greatest(), sides.median());
    return Optional.of(
        "%s smaller than the network's input of %d px and are enlarged (shorter side %s); a smaller data.image_size_px costs less"
            .formatted(which, inputPx, range));
  }
}

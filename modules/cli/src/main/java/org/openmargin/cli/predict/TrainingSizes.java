package org.openmargin.cli.predict;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.openmargin.data.ImageSizes;

/**
 * Sizes of the images that a model was trained on, from its description.
 *
 * @param shorterSide px
 */
record TrainingSizes(ImageSizes.Range shorterSide) {
  /** Medians that differ by this factor are worth a word. */
  private static final double FACTOR = 2;

  /** The same for a median beyond all training images. */
  private static final double FACTOR_BEYOND = 1.25;

  /**
   * @param description text of open_set.json
   * @return empty if it holds no sizes
   */
  static Optional<TrainingSizes> of(String description) {
    try {
      var images = JsonParser.parseString(description).getAsJsonObject().get("training_images");
      return Optional.ofNullable(images)
          .map(sizes -> sizes.getAsJsonObject().getAsJsonObject("shorter_side_px"))
          .map(TrainingSizes::range)
          .map(TrainingSizes::new);
    } catch (JsonParseException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static ImageSizes.Range range(JsonObject range) {
    return new ImageSizes.Range(
        range.get("least").getAsInt(),
        range.get("median").getAsInt(),
        range.get("greatest").getAsInt());
  }

  /** What to say about a folder whose images have other sizes; empty if they do not. */
  Optional<String> warning(ImageSizes.Range here) {
    var factor = (double) here.median() / shorterSide.median();
    var off = Math.max(factor, 1 / factor);
    var beyond = here.median() < shorterSide.least() || here.median() > shorterSide.greatest();
    if (off < FACTOR_BEYOND || (off < FACTOR && !beyond)) {
      return Optional.empty();
    }
    return Optional.of(
        "the images' shorter side is %s; that of the training images was %s: if they show another magnification or field of view, the answers are not to be trusted"
            .formatted(text(here), text(shorterSide)));
  }

  private static String text(ImageSizes.Range range) {
    return range.least() == range.greatest()
        ? range.median() + " px"
        : "%d to %d px, %d px in the middle"
            .formatted(range.least(), range.greatest(), range.median());
  }
}

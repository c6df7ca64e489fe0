package org.openmargin.serving;

import java.util.Optional;
import java.util.function.Function;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.ImageFormat;
import org.openmargin.files.image.LevelRule;
import org.openmargin.files.image.NoImageException;
import org.openmargin.files.image.TooManyPixelsException;

/**
 * A file that is read to its end, as in training, before a model sees it. The graph looks less
 * closely, and at JPEG and PNG only; what it refuses has the reason that it gives.
 *
 * @param fed what the model sees: the first frame as PNG for formats that it does not know, else
 *     the file, without a colour profile if it is whole
 * @param refusal what is wrong with it, or empty if it is whole
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record InspectedFile(byte[] fed, Optional<ImageFileException> refusal) {

  /** Inspects files by a model's rule for values of more than 8 bits. */
  public static Function<byte[], InspectedFile> by(SelfDescription model) {
    var levels = model.levels();
    return file -> of(file, levels);
  }

  private static InspectedFile of(byte[] file, LevelRule levels) {
    try {
      return new InspectedFile(EncodedImage.of(file, levels).file(), Optional.empty());
    } catch (ImageFileException e) {
      return new InspectedFile(file, Optional.of(e));
    }
  }

  /**
   * The model's answer, or why there can be none.
   *
   * @param row what the model says about {@link #fed}
   */
  public Classification answer(Classification row) {
    return refusal.map(wrong -> row.refused(reason(row, wrong), wrong.getMessage())).orElse(row);
  }

  private Reason reason(Classification row, ImageFileException wrong) {
    var seen = ImageFormat.of(fed).filter(f -> f == ImageFormat.JPEG || f == ImageFormat.PNG);
    if (seen.isPresent() && !row.inputOk()) {
      return row.reason();
    }
    if (wrong instanceof NoImageException) {
      return Reason.NOT_AN_IMAGE;
    }
    return wrong instanceof TooManyPixelsException ? Reason.TOO_LARGE : Reason.TRUNCATED;
  }
}

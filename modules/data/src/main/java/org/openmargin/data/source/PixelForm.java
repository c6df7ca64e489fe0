package org.openmargin.data.source;

import org.openmargin.data.DataException;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageShape;
import org.openmargin.files.image.LevelRule;

/**
 * What image files become.
 *
 * @param geometry crop and size
 * @param channels 1 (grey) or 3 (RGB)
 * @param levels for values of more than 8 bits
 * @param allFrames whether each frame of a file is an image
 */
public record PixelForm(ImageGeometry geometry, int channels, LevelRule levels, boolean allFrames) {

  /** One frame of each file. */
  public PixelForm(ImageGeometry geometry, int channels, LevelRule levels) {
    this(geometry, channels, levels, false);
  }

  /** With {@link LevelRule#DEFAULT}. */
  public PixelForm(ImageGeometry geometry, int channels) {
    this(geometry, channels, LevelRule.DEFAULT);
  }

  public PixelForm {
    if (channels != 1 && channels != 3) {
      throw new DataException("channels %d: must be 1 (grey) or 3 (RGB)".formatted(channels));
    }
  }

  /** Of each image. */
  public ImageShape shape() {
    return new ImageShape(geometry.heightPx(), geometry.widthPx(), channels);
  }
}

package org.openmargin.data.source;

import org.openmargin.data.DataException;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageShape;

/**
 * What image files become.
 *
 * @param geometry crop and size
 * @param channels 1 (grey) or 3 (RGB)
 */
public record PixelForm(ImageGeometry geometry, int channels) {
  public PixelForm {
    if (channels != 1 && channels != 3) {
      throw new DataException("channels %d: must be 1 (grey) or 3 (RGB)".formatted(channels));
    }
  }

  ImageShape shape() {
    return new ImageShape(geometry.heightPx(), geometry.widthPx(), channels);
  }
}

package org.openmargin.data.convert;

import com.google.protobuf.ByteString;
import java.util.Locale;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.files.image.ImageFormat;

/**
 * An image on its way.
 *
 * @param entry its name, class, part, group and site
 * @param label position of its class in the class names
 * @param encoded an image file
 */
public record ImageRecord(DataEntry entry, int label, ByteString encoded) {

  /** The ending of its file, such as {@code png}; {@code bin} if it is no image. */
  String ending() {
    return ImageFormat.of(encoded.toByteArray())
        .map(
            format ->
                switch (format) {
                  case JPEG -> "jpg";
                  case TIFF, BIG_TIFF -> "tif";
                  default -> format.toString().replace(' ', '_').toLowerCase(Locale.ROOT);
                })
        .orElse("bin");
  }
}

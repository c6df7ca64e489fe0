package org.openmargin.data.records;

import com.google.protobuf.ByteString;
import java.util.Locale;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.files.Sha256;
import org.openmargin.files.image.ImageFormat;

/**
 * An image on its way.
 *
 * @param entry its name, class, part, group and site
 * @param label position of its class in the class names
 * @param encoded an image file
 * @param frame its number from 1; 0 for the one that the rule for levels names
 */
public record ImageRecord(DataEntry entry, int label, ByteString encoded, int frame) {

  /** The image of a file that has one. */
  public ImageRecord(DataEntry entry, int label, ByteString encoded) {
    this(entry, label, encoded, 0);
  }

  /** The ending of its file, such as {@code png}; {@code bin} if it is no image. */
  public String ending() {
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

  /** What is equal for equal images. */
  String content() {
    var sha256 = new Sha256().add(encoded.toByteArray()).hex();
    return frame == 0 ? sha256 : sha256 + "#" + frame;
  }
}

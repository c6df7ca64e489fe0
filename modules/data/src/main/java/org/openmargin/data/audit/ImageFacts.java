package org.openmargin.data.audit;

import java.util.List;
import java.util.Optional;
import org.openmargin.data.Images;
import org.openmargin.files.Sha256;

/**
 * What an audit keeps of an image's pixels.
 *
 * @param sha256 of the pixels
 * @param thumbnail empty for an image without contrast
 * @param cropped the same of its middle; none unless asked for
 * @param least smallest value of all channels, 0 to 255
 * @param greatest largest value
 * @param constant whether all pixels have one colour
 * @param mean grey value
 * @param contrast standard deviation of the grey values
 * @param border mean grey value of the outer frame, a sixteenth of the shorter side wide
 */
record ImageFacts(
    String sha256,
    Optional<Thumbnail> thumbnail,
    List<Thumbnail> cropped,
    int least,
    int greatest,
    boolean constant,
    double mean,
    double contrast,
    double border) {

  ImageFacts {
    cropped = List.copyOf(cropped);
  }

  /**
   * @param crops whether copies that are cropped are looked for
   */
  static ImageFacts of(Images images, int index, boolean crops) {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(index, pixels, 0);
    var channels = images.channels();
    var least = 255;
    var greatest = 0;
    for (var pixel : pixels) {
      least = Math.min(least, pixel & 0xff);
      greatest = Math.max(greatest, pixel & 0xff);
    }
    var differences = 0;
    for (var i = channels; i < pixels.length; i++) {
      differences |= pixels[i] ^ pixels[i - channels];
    }
    var grey = Luminance.of(pixels, channels);
    var mean = mean(grey);
    return new ImageFacts(
        new Sha256().add(pixels).hex(),
        Thumbnail.of(grey, images.height(), images.width()),
        crops ? Thumbnail.cropped(grey, images.height(), images.width()) : List.of(),
        least,
        greatest,
        differences == 0,
        mean,
        deviation(grey, mean),
        border(grey, images.height(), images.width()));
  }

  private static double mean(float[] grey) {
    var sum = 0.0;
    for (var value : grey) {
      sum += value;
    }
    return sum / grey.length;
  }

  private static double deviation(float[] grey, double mean) {
    var squares = 0.0;
    for (var value : grey) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / grey.length);
  }

  private static double border(float[] grey, int height, int width) {
    var frame = Math.max(1, Math.min(height, width) / 16);
    var sum = 0.0;
    var count = 0;
    for (var y = 0; y < height; y++) {
      var isFrame = y < frame || y >= height - frame;
      for (var x = 0; x < width; x++) {
        if (!isFrame && x == frame) {
          // Past the inside of the row.
          x = Math.max(frame, width - frame);
        }
        sum += grey[y * width + x];
        count++;
      }
    }
    return sum / count;
  }
}

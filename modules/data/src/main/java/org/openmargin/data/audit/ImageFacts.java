package org.openmargin.data.audit;

import java.util.Optional;
import org.openmargin.data.Images;
import org.openmargin.files.Sha256;

/**
 * What an audit keeps of an image's pixels.
 *
 * @param sha256 of the pixels
 * @param thumbnail empty for an image without contrast
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
    int least,
    int greatest,
    boolean constant,
    double mean,
    double contrast,
    double border) {

  static ImageFacts of(Images images, int index) {
    var pixels = new byte[images.bytesPerImage()];
    images.copyTo(index, pixels, 0);
    var channels = images.channels();
    var least = 255;
    var greatest = 0;
    var constant = true;
    for (var i = 0; i < pixels.length; i++) {
      var value = pixels[i] & 0xff;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      constant &= pixels[i] == pixels[i % channels];
    }
    var grey = Luminance.of(pixels, channels);
    var mean = mean(grey);
    return new ImageFacts(
        new Sha256().add(pixels).hex(),
        Thumbnail.of(grey, images.height(), images.width()),
        least,
        greatest,
        constant,
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
      for (var x = 0; x < width; x++) {
        if (Math.min(Math.min(x, y), Math.min(width - 1 - x, height - 1 - y)) < frame) {
          sum += grey[y * width + x];
          count++;
        }
      }
    }
    return sum / count;
  }
}

package org.openmargin.files.image;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes WebP by Google's libwebp. */
final class WebpDecoder {
  /**
   * Without so many of its last bytes no whole file can be decoded. One that can holds other data
   * in their place, such as the rest of a file that was not written to its end.
   */
  private static final int LAST_BYTES = 8;

  private WebpDecoder() {}

  /**
   * @throws IOException if the image is not whole
   * @throws ImageFileException if it is not, or this machine has no decoder
   */
  static BufferedImage decode(WebpFile file) throws IOException {
    try {
      var image = pixels(file.image(0));
      if (decodes(file.image(LAST_BYTES))) {
        throw ImageFileException.damaged("the data of the WebP file go on after the image");
      }
      return image;
    } catch (LinkageError | IllegalStateException e) {
      throw new ImageFileException(
          "WebP cannot be read on this machine, save the image as PNG or JPEG: " + e.getMessage(),
          e);
    }
  }

  private static boolean decodes(byte[] file) {
    try {
      pixels(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static BufferedImage pixels(byte[] file) throws IOException {
    var reader = new WebPImageReaderSpi().createReaderInstance(null);
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }
}

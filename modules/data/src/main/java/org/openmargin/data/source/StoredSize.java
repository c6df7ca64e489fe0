package org.openmargin.data.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.openmargin.data.ImageSizes.Size;

/** Width and height of an image file, from its header: the pixels are not decoded. */
public final class StoredSize {
  private StoredSize() {}

  /** Empty if it cannot be read. */
  public static Optional<Size> of(byte[] encoded) {
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      return of(in);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Empty if it cannot be read. */
  static Optional<Size> of(Path file) {
    try (var in = ImageIO.createImageInputStream(file.toFile())) {
      return in == null ? Optional.empty() : of(in);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Size> of(ImageInputStream in) throws IOException {
    var readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      return Optional.empty();
    }
    var reader = readers.next();
    try {
      reader.setInput(in, true, true);
      return Optional.of(new Size(reader.getWidth(0), reader.getHeight(0)));
    } catch (RuntimeException | LinkageError e) {
      // A reader may do this on a damaged header, or where its native library is missing; whether a
      // file can be used is decided elsewhere.
      return Optional.empty();
    } finally {
      reader.dispose();
    }
  }
}

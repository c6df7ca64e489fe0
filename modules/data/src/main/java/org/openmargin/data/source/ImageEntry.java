package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.openmargin.files.image.ImageFormat;
import org.openmargin.files.image.ImageName;

/** Whether something in a folder is an image file, by its name or, in doubt, by its beginning. */
final class ImageEntry {

  private static final int HEAD_BYTES = 132;

  private ImageEntry() {}

  /** Empty for an image; else what else it is, such as {@code " (WEBP)"}, or an empty text. */
  static Optional<String> problem(Path entry) {
    if (!Files.isRegularFile(entry)) {
      return Optional.of(Files.isSymbolicLink(entry) ? " (a broken link)" : "");
    }
    var volume = Volumes.format(entry);
    if (volume.isPresent()) {
      return Optional.of(" (%s: 3-D images are not read)".formatted(volume.get()));
    }
    var name = ImageName.of(entry.getFileName().toString());
    if (name == ImageName.IMAGE) {
      return Optional.empty();
    }
    var format = name == ImageName.DOUBTFUL ? format(entry) : Optional.<ImageFormat>empty();
    return format.filter(ImageFormat::readable).isPresent()
        ? Optional.empty()
        : Optional.of(format.map(" (%s)"::formatted).orElse(""));
  }

  private static Optional<ImageFormat> format(Path file) {
    try (var in = Files.newInputStream(file)) {
      return ImageFormat.of(in.readNBytes(HEAD_BYTES));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

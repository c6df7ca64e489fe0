package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.openmargin.files.image.ImageFormat;

/** Whether something in a folder is an image file, by its name or, in doubt, by its beginning. */
final class ImageEntry {

  private static final Set<String> ENDINGS =
      Set.of(
          "png", "apng", "jpg", "jpeg", "jpe", "jfif", "jfi", "jif", "pjpeg", "pjp", "gif", "bmp",
          "dib", "tif", "tiff", "webp");

  /** Files whose contents decide: their names say nothing, or promise another format. */
  private static final Set<String> DOUBTFUL =
      Set.of(
          "", "img", "image", "heic", "heif", "avif", "jp2", "j2k", "jxl", "dcm", "dic", "dicom",
          "ima", "tmp");

  /** Names of DICOM files are often identifiers, whose last part looks like an ending. */
  private static final Pattern NUMBER = Pattern.compile("\\d+");

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
    var name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
    var ending = name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "";
    if (ENDINGS.contains(ending)) {
      return Optional.empty();
    }
    var format =
        DOUBTFUL.contains(ending) || NUMBER.matcher(ending).matches()
            ? format(entry)
            : Optional.<ImageFormat>empty();
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

package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openmargin.data.FileFacts;
import org.openmargin.files.image.ExifDevice;
import org.openmargin.files.image.ImageFormat;

/** Facts about image files, from their first bytes: nothing is decoded. */
public final class FileHeads {
  private static final int HEAD_BYTES = 1 << 16;

  private FileHeads() {}

  /**
   * Facts by id; without files that cannot be read.
   *
   * @param files by the ids of their images
   */
  public static Map<String, FileFacts> of(Map<String, Path> files) {
    return files.entrySet().parallelStream()
        .map(file -> Optional.of(file).flatMap(f -> of(f.getValue()).map(h -> Map.entry(f.getKey(), h))))
        .flatMap(Optional::stream)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Optional<FileFacts> of(Path file) {
    try (var in = Files.newInputStream(file)) {
      var head = in.readNBytes(HEAD_BYTES);
      var format = ImageFormat.of(head).map(ImageFormat::toString).orElse("");
      var bytes = Files.size(file);
      return StoredSize.of(file)
          .map(s -> new FileFacts(format, s.width(), s.height(), bytes, ExifDevice.of(head)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

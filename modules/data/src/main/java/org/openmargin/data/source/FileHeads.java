package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

  /** Facts by the ids of the images; without files that cannot be read. */
  public static Map<String, FileFacts> of(List<LabeledFile> files) {
    return files.parallelStream()
        .flatMap(file -> of(file.file()).map(facts -> Map.entry(file.id(), facts)).stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one));
  }

  /** Facts about a file at hand; empty if it cannot be read. */
  public static Optional<FileFacts> of(byte[] file) {
    var format = ImageFormat.of(file).map(ImageFormat::toString).orElse("");
    var head = Arrays.copyOf(file, Math.min(file.length, HEAD_BYTES));
    return StoredSize.of(file)
        .map(s -> new FileFacts(format, s.width(), s.height(), file.length, ExifDevice.of(head)));
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

package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.ImageFormat;

/** Files of several frames as an image for each. The frames of a file are one group. */
public final class Frames {
  private static final int HEAD_BYTES = 132;

  private Frames() {}

  /** An image for each frame: {@code scan.dcm#1}, {@code scan.dcm#2}, ... */
  public static FileParts each(FileParts parts) {
    return new FileParts(
        parts.names(), each(parts.train()), each(parts.validation()), each(parts.test()));
  }

  private static List<LabeledFile> each(List<LabeledFile> files) {
    return files.parallelStream().flatMap(Frames::each).toList();
  }

  private static Stream<LabeledFile> each(LabeledFile file) {
    var count = count(file.file());
    var group = file.group().isEmpty() ? file.id() : file.group();
    return count < 2
        ? Stream.of(file)
        : IntStream.rangeClosed(1, count)
            .mapToObj(
                frame ->
                    new LabeledFile(
                        file.file(), file.id() + "#" + frame, file.label(), group, frame));
  }

  /** 1 for a file that cannot be read: who decodes it says why. */
  private static int count(Path file) {
    try {
      var converter = ImageFormat.of(head(file)).flatMap(ImageFormat::converter);
      return converter.isEmpty() ? 1 : converter.get().frames(Files.readAllBytes(file));
    } catch (IOException | ImageFileException e) {
      return 1;
    }
  }

  private static byte[] head(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD_BYTES);
    }
  }
}

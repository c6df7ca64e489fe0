package org.openmargin.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.files.WholeFile;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.ImageFormat;

/**
 * An image file of a data set.
 *
 * @param id its name in the data set
 * @param label position of its class in the class names
 * @param group what must not lie on both sides of a division; empty if the data set has no groups
 * @param frame its number from 1; 0 for the one that the rule for levels names
 */
public record LabeledFile(Path file, String id, int label, String group, int frame) {
  private static final int HEAD_BYTES = 132;

  /** The image of a file that has one. */
  public LabeledFile(Path file, String id, int label, String group) {
    this(file, id, label, group, 0);
  }

  /**
   * An image for each frame, {@code scan.dcm#1}, {@code scan.dcm#2}, ..., all in one group; itself
   * if the file has one frame. A file that cannot be read is left as it is: who decodes it says
   * why.
   */
  Stream<LabeledFile> frames() {
    var count = frameCount();
    var all = group.isEmpty() ? id : group;
    return count < 2
        ? Stream.of(this)
        : IntStream.rangeClosed(1, count)
            .mapToObj(number -> new LabeledFile(file, id + "#" + number, label, all, number));
  }

  private int frameCount() {
    try (var in = Files.newInputStream(file)) {
      var converter = ImageFormat.of(in.readNBytes(HEAD_BYTES)).flatMap(ImageFormat::converter);
      return converter.isEmpty() ? 1 : converter.get().frames(WholeFile.read(file));
    } catch (IOException | ImageFileException e) {
      return 1;
    }
  }

  /** Its name in messages: its path, unless the data set calls it otherwise. */
  String shown() {
    return file.toString().replace('\\', '/').endsWith(id) ? file.toString() : id;
  }
}

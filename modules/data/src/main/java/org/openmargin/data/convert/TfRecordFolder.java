package org.openmargin.data.convert;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.openmargin.data.entry.Split;
import org.openmargin.data.records.ImageRecord;
import org.openmargin.data.records.ImageRecords;
import org.openmargin.data.tfrecord.ImageExample;
import org.openmargin.files.TfRecords;

/**
 * A new folder of TFRecord files, one for each part that has images: {@code train.tfrecord}, {@code
 * validation.tfrecord}, {@code test.tfrecord}; and {@code labels.txt}, the names of the classes in
 * the order of their numbers, from 0.
 */
public record TfRecordFolder(Path path) {

  /**
   * @throws org.openmargin.data.DataException if there is something at the path, or it cannot be
   *     written
   */
  public void write(ImageRecords images) {
    new NewFolder(path).write(folder -> write(folder, images));
  }

  private static void write(Path folder, ImageRecords images) throws IOException {
    var files = new EnumMap<Split, OutputStream>(Split.class);
    try {
      images.forEach(image -> write(folder, files, image));
    } finally {
      for (var file : files.values()) {
        file.close();
      }
    }
    Files.write(folder.resolve("labels.txt"), images.classNames());
  }

  private static void write(Path folder, Map<Split, OutputStream> files, ImageRecord image)
      throws IOException {
    var entry = image.entry();
    var part = entry.split().orElse(Split.TRAIN);
    var out = files.get(part);
    if (out == null) {
      var file = folder.resolve(part + ".tfrecord");
      out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
      files.put(part, out);
    }
    var example =
        new ImageExample(
            image.encoded(),
            image.ending().replace("jpg", "jpeg"),
            entry.id(),
            OptionalLong.of(image.label()),
            entry.label(),
            entry.group().orElse(""),
            entry.site().orElse(""));
    TfRecords.write(out, example.record());
  }
}

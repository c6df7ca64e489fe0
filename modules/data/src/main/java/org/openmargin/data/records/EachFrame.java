package org.openmargin.data.records;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.ImageFormat;

/**
 * An image for each frame of a file: {@code scan#1}, {@code scan#2}, ..., all in one group; itself
 * if the file has one frame. A file that cannot be read is left as it is: who decodes it says why.
 */
record EachFrame(ImageRecords files) implements ImageRecords {
  @Override
  public List<String> classNames() {
    return files.classNames();
  }

  @Override
  public void forEach(Taker taker) throws IOException {
    files.forEach(
        file -> {
          var count = count(file.encoded());
          if (count < 2) {
            taker.take(file);
          }
          for (var number = 1; count > 1 && number <= count; number++) {
            taker.take(new ImageRecord(frame(file, number), file.label(), file.encoded(), number));
          }
        });
  }

  private static DataEntry frame(ImageRecord file, int number) {
    var entry = file.entry();
    return new DataEntry(
        entry.id() + "#" + number,
        entry.label(),
        entry.split(),
        Optional.of(entry.group().orElse(entry.id())),
        entry.site());
  }

  private static int count(ByteString encoded) {
    var bytes = encoded.toByteArray();
    try {
      var converter = ImageFormat.of(bytes).flatMap(ImageFormat::converter);
      return converter.isEmpty() ? 1 : converter.get().frames(bytes);
    } catch (ImageFileException e) {
      return 1;
    }
  }
}

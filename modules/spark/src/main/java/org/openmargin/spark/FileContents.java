package org.openmargin.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.openmargin.files.FileErrors;
import org.openmargin.files.WholeFile;
import org.openmargin.files.image.ImageFormat;
import org.openmargin.serving.archive.ArchiveRow;

/**
 * Reads files: those of the machine or of a folder that all machines share by their paths, others
 * by their addresses, such as {@code hdfs://} and {@code s3a://}.
 */
record FileContents(Configuration hadoop) {

  /** What there is to be answered about an item. */
  sealed interface Content {
    /** Asked of the model. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Bytes(byte[] bytes) implements Content {}

    /**
     * A row without an answer.
     *
     * @param reason a code
     */
    record None(String reason, String error) implements Content {}

    /** No image: there is no row. */
    record PassedOver() implements Content {}
  }

  Content of(ArchiveItem item) {
    if (item instanceof ArchiveItem.Absent) {
      return new Content.None(ArchiveRow.MISSING, "the table holds no content");
    }
    if (item instanceof ArchiveItem.Stored stored) {
      return new Content.Bytes(stored.content());
    }
    try {
      var bytes = bytes(item.path());
      var passedOver = ((ArchiveItem.InPlace) item).doubtful() && !isImage(bytes);
      return passedOver ? new Content.PassedOver() : new Content.Bytes(bytes);
    } catch (NoSuchFileException | FileNotFoundException e) {
      return new Content.None(ArchiveRow.MISSING, "there is no such file");
    } catch (IOException e) {
      return new Content.None(ArchiveRow.UNREADABLE, "cannot be read: " + FileErrors.reason(e));
    }
  }

  private static boolean isImage(byte[] bytes) {
    return ImageFormat.of(bytes).filter(ImageFormat::readable).isPresent();
  }

  private byte[] bytes(String path) throws IOException {
    if (!Places.isAddress(path)) {
      return WholeFile.read(java.nio.file.Path.of(path));
    }
    var file = new Path(path);
    try (var in = file.getFileSystem(hadoop).open(file)) {
      return in.readAllBytes();
    }
  }
}

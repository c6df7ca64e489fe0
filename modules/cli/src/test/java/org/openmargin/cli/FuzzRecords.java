package org.openmargin.cli;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.openmargin.data.tfrecord.ImageExample;
import org.openmargin.files.TfRecords;

/**
 * TFRecord files of a few drawn images, and an experiment with them.
 *
 * @param folder for both
 */
record FuzzRecords(Path folder) {
  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int IMAGES = 8;

  /** A file for each part of the data set. */
  List<FuzzFormat.Seed> seeds() throws IOException {
    var records = Files.createDirectories(folder.resolve("records"));
    Files.writeString(
        experiment(),
        """
        name: "records"
        data { image_size_px: 16 tfrecord { path: "records" } }
        model { resnet { variant: TINY } }
        loss { softmax {} }
        """);
    var seeds = new ArrayList<FuzzFormat.Seed>();
    for (var part : List.of("train", "validation", "test")) {
      var bytes = records(part);
      seeds.add(
          new FuzzFormat.Seed(Files.write(records.resolve(part + ".tfrecord"), bytes), bytes));
    }
    return seeds;
  }

  Path experiment() {
    return folder.resolve("records.textproto");
  }

  private static byte[] records(String part) throws IOException {
    var file = new ByteArrayOutputStream();
    for (var i = 0; i < IMAGES; i++) {
      var example =
          new ImageExample(
              ByteString.copyFrom(DrawnImages.noise(16, "png", i)),
              "png",
              "%s-%d.png".formatted(part, i),
              OptionalLong.of(i % 2),
              "class " + i % 2,
              "",
              "site");
      TfRecords.write(file, example.record());
    }
    return file.toByteArray();
  }

  /** Right checksums, as far as lengths lead; one that leads beyond the end is kept, too. */
  static byte[] withSums(byte[] records) {
    var bytes = ByteBuffer.wrap(records.clone()).order(ByteOrder.LITTLE_ENDIAN);
    var at = 0;
    while (at + HEAD <= records.length) {
      var length = bytes.getLong(at);
      bytes.putInt(at + Long.BYTES, TfRecords.maskedCrc(part(bytes, at, Long.BYTES)));
      if (length < 0 || length > records.length - at - HEAD - Integer.BYTES) {
        break;
      }
      var end = at + HEAD + (int) length;
      bytes.putInt(end, TfRecords.maskedCrc(part(bytes, at + HEAD, (int) length)));
      at = end + Integer.BYTES;
    }
    return bytes.array();
  }

  private static byte[] part(ByteBuffer bytes, int from, int length) {
    var part = new byte[length];
    bytes.get(from, part);
    return part;
  }
}

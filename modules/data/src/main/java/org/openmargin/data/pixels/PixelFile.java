package org.openmargin.data.pixels;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.PixelStore;

/**
 * Decoded images in a file: a text header of {@link #HEAD_BYTES} that describes them, their pixels,
 * and a CRC-32C for each image, checked when the file is opened and on every read.
 *
 * @param remarks what their maker had to say, in lines; or empty
 */
public record PixelFile(Images images, String remarks) {

  /** Where the pixels begin: one page, so that they are aligned to pages. */
  static final int HEAD_BYTES = 4096;

  /** Of images that one thread checks in a row. */
  private static final int BLOCK_BYTES = 1 << 22;

  /** Separates remarks in the header. */
  static final String LINE_END = "\t";

  private static final Pattern REST =
      Pattern.compile("remarks=([^\n]*)\nchecksums=(\\p{XDigit}{8})\n");

  /**
   * What a file should contain.
   *
   * @param key changes with everything that decides the pixels
   * @param shape of each image
   * @param count number of images
   */
  record Content(String key, ImageShape shape, int count) {
    /** Their checksums are read into one array. */
    static final int MOST_IMAGES = (Integer.MAX_VALUE - 8) / Integer.BYTES;

    Content {
      if (count > MOST_IMAGES) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%,d images: a file of decoded images holds at most %,d; divide the data set",
                count,
                MOST_IMAGES));
      }
    }

    /** The beginning of the file's header. */
    String head() {
      return "openmargin pixels 2\nkey=%s\nshape=%s\ncount=%d\n".formatted(key, shape, count);
    }

    long checksumsAt() {
      return HEAD_BYTES + (long) count * shape.bytes();
    }

    long fileBytes() {
      return checksumsAt() + (long) count * Integer.BYTES;
    }
  }

  /**
   * Opens a file if it exists, is complete, and has this content.
   *
   * @return empty if it has to be rewritten
   */
  static Optional<PixelFile> open(Path file, Content content) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != content.fileBytes()) {
      return Optional.empty();
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var head = text(channel);
      var expected = content.head();
      var rest = REST.matcher(head.substring(Math.min(expected.length(), head.length())));
      var checksums = new byte[content.count() * Integer.BYTES];
      FilePixels.readFully(channel, content.checksumsAt(), ByteBuffer.wrap(checksums));
      if (!head.startsWith(expected)
          || !rest.lookingAt()
          || Integer.parseUnsignedInt(rest.group(2), 16)
              != checksum(checksums, 0, checksums.length)) {
        return Optional.empty();
      }
      var pixels = FilePixels.open(file, HEAD_BYTES, content.shape());
      var checked = new Checked(file, pixels, ByteBuffer.wrap(checksums), content.shape());
      if (!checked.isWhole(content.count())) {
        return Optional.empty();
      }
      var images = Images.from(content.shape(), content.count(), checked);
      return Optional.of(new PixelFile(images, rest.group(1).replace(LINE_END, "\n")));
    }
  }

  private static String text(FileChannel channel) throws IOException {
    var head = new byte[HEAD_BYTES];
    FilePixels.readFully(channel, 0, ByteBuffer.wrap(head));
    return new String(head, StandardCharsets.UTF_8);
  }

  static int checksum(byte[] bytes, int offset, int length) {
    var checksum = new CRC32C();
    checksum.update(bytes, offset, length);
    return (int) checksum.getValue();
  }

  /** Checks pixels against their checksums. */
  private record Checked(Path file, PixelStore pixels, ByteBuffer checksums, ImageShape shape)
      implements PixelStore {

    @Override
    public void copyTo(int index, byte[] target, int offset) {
      pixels.copyTo(index, target, offset);
      int found = checksum(target, offset, shape.bytes());
      if (found != checksums.getInt(index * Integer.BYTES)) {
        throw new DataException(
            "%s is damaged (wrong CRC-32C of image %d)%s; the next start rewrites it"
                .formatted(file, index, removed() ? " and was removed" : ", remove it"));
      }
    }

    /** Reads everything once, on all cores. */
    boolean isWhole(int count) {
      var block = Math.max(1, BLOCK_BYTES / shape.bytes());
      return IntStream.rangeClosed(0, (count - 1) / block)
          .parallel()
          .allMatch(i -> isWhole(i * block, Math.min(count, (i + 1) * block)));
    }

    private boolean isWhole(int from, int until) {
      var image = new byte[shape.bytes()];
      for (var i = from; i < until; i++) {
        pixels.copyTo(i, image, 0);
        if (checksum(image, 0, image.length) != checksums.getInt(i * Integer.BYTES)) {
          return false;
        }
      }
      return true;
    }

    private boolean removed() {
      try {
        return Files.deleteIfExists(file);
      } catch (IOException e) {
        return false;
      }
    }
  }
}

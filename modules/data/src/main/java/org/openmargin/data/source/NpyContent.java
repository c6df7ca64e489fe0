package org.openmargin.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;

/**
 * Reads what follows an npy header: images, labels or texts. An unsuitable type or shape is a
 * {@link DataException} that says what would be right.
 */
final class NpyContent {

  /** A larger label is a mistake, such as a value for "none", not a class. */
  private static final int MAX_CLASSES = 65_536;

  private static final Set<Integer> LABEL_BYTES = Set.of(1, 2, 4, 8);

  private NpyContent() {}

  /** uint8 of shape (n, H, W), (n, H, W, 1) or (n, H, W, 3). */
  static Images images(NpyHeader header, InputStream in) throws IOException {
    return Images.read(in, imageShape(header), header.shape().get(0));
  }

  /** The size of images of shape (n, H, W), (n, H, W, 1) or (n, H, W, 3). */
  static ImageShape imageShape(NpyHeader header) {
    if (header.kind() != 'u' || header.itemBytes() != 1) {
      throw new DataException(
          "images must be uint8, not %s; scale them to 0..255 and save them as uint8"
              .formatted(header.typeText()));
    }
    var shape = header.shape();
    int channels = shape.size() == 4 ? shape.get(3) : 1;
    if (shape.size() < 3 || shape.size() > 4 || (channels != 1 && channels != 3)) {
      throw new DataException(
          "images must have shape (n, H, W), (n, H, W, 1) or (n, H, W, 3), not %s%s"
              .formatted(
                  header.shapeText(),
                  shape.size() == 5 || channels > 4 ? "; volumes (3-D images) are not read" : ""));
    }
    return new ImageShape(shape.get(1), shape.get(2), channels);
  }

  /** Integers of shape (n) or (n, 1), of any integer type. */
  static int[] labels(NpyHeader header, InputStream in) throws IOException {
    var shape = header.shape();
    if (!header.isInteger() || !LABEL_BYTES.contains(header.itemBytes())) {
      throw new DataException(
          "labels must be integers, not %s; int8, int16, int32, int64 and their unsigned variants are supported"
              .formatted(header.typeText()));
    }
    if (shape.size() == 2 && shape.get(1) > 1) {
      throw new DataException(
          "labels of shape %s are multi-label; one label per image is needed, shape (n) or (n, 1)"
              .formatted(header.shapeText()));
    }
    if (shape.isEmpty() || shape.size() > 2 || (shape.size() == 2 && shape.get(1) != 1)) {
      throw new DataException("labels must have shape (n) or (n, 1), not " + header.shapeText());
    }
    var items = items(header, in);
    return IntStream.range(0, shape.get(0)).map(i -> label(header, items, i)).toArray();
  }

  private static int label(NpyHeader header, ByteBuffer items, int index) {
    int bytes = header.itemBytes();
    int at = index * bytes;
    boolean signed = header.kind() == 'i';
    long value =
        switch (bytes) {
          case 1 -> signed ? items.get(at) : items.get(at) & 0xff;
          case 2 -> signed ? items.getShort(at) : items.getShort(at) & 0xffff;
          case 4 -> signed ? items.getInt(at) : items.getInt(at) & 0xffffffffL;
          default -> items.getLong(at);
        };
    if (value < 0 || value >= MAX_CLASSES) {
      throw new DataException(
          "label %d at index %d: labels are 0, 1, 2, ..., at most %d"
              .formatted(value, index, MAX_CLASSES - 1));
    }
    return (int) value;
  }

  /** Fixed-width unicode of shape (n); empty for any other array. */
  static Optional<List<String>> texts(NpyHeader header, InputStream in) throws IOException {
    if (header.kind() != 'U' || header.shape().size() != 1) {
      return Optional.empty();
    }
    var items = items(header, in);
    return Optional.of(
        IntStream.range(0, header.shape().get(0)).mapToObj(i -> text(header, items, i)).toList());
  }

  private static String text(NpyHeader header, ByteBuffer items, int index) {
    var text = new StringBuilder();
    int first = index * header.itemBytes();
    for (int at = first; at < first + header.itemBytes(); at += Integer.BYTES) {
      int codePoint = items.getInt(at);
      if (codePoint == 0) {
        break;
      }
      if (!Character.isValidCodePoint(codePoint)) {
        throw new DataException("text %d holds an invalid character".formatted(index));
      }
      text.appendCodePoint(codePoint);
    }
    return text.toString();
  }

  private static ByteBuffer items(NpyHeader header, InputStream in) throws IOException {
    if (header.dataBytes() > Integer.MAX_VALUE - 8) {
      throw new DataException("shape %s is too large".formatted(header.shapeText()));
    }
    var bytes = in.readNBytes((int) header.dataBytes());
    if (bytes.length < header.dataBytes()) {
      throw new EOFException("%d of %d bytes".formatted(bytes.length, header.dataBytes()));
    }
    return ByteBuffer.wrap(bytes).order(header.order());
  }
}

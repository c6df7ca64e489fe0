package org.openmargin.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads single arrays out of a NumPy {@code .npz} file (a zip of {@code .npy} arrays, stored or
 * deflated, ZIP64 too). Images stream into chunks; an array may be larger than 2<sup>31</sup>
 * bytes. Every error names the file and the array.
 */
final class NpzReader implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final ZipFile zip;

  private NpzReader(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
  }

  /**
   * Opens a file.
   *
   * @throws DataException when it does not exist, is no zip file or is cut off
   */
  static NpzReader open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new DataException(path + ": no such file; an .npz file is expected here");
    }
    try {
      return new NpzReader(path, new ZipFile(path.toFile()));
    } catch (ZipException e) {
      throw new DataException(
          path + ": no readable .npz file (damaged, cut off or not a zip): " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Names of the arrays. */
  List<String> names() {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith(".npy"))
        .map(name -> name.substring(0, name.length() - ".npy".length()))
        .toList();
  }

  /** uint8 images of shape (n, H, W), (n, H, W, 1) or (n, H, W, 3). */
  Images images(String name) {
    return read(name, NpzReader::readImages);
  }

  /** Integers of shape (n) or (n, 1), of any integer type. */
  int[] labels(String name) {
    return read(name, NpzReader::readLabels);
  }

  /** Texts of shape (n), when there is such an array of fixed-width unicode. */
  Optional<List<String>> texts(String name) {
    return names().contains(name) ? read(name, NpzReader::readTexts) : Optional.empty();
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new DataException(path + ": cannot be closed: " + e.getMessage(), e);
    }
  }

  private <T> T read(String name, Reading<T> reading) {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new DataException(
          "%s: no array %s; the file holds %s".formatted(path, name, String.join(", ", names())));
    }
    try (InputStream raw = zip.getInputStream(entry);
        CheckedInputStream in =
            new CheckedInputStream(new BufferedInputStream(raw, BUFFER_BYTES), new CRC32())) {
      NpyHeader header = NpyHeader.read(in);
      mustFit(header, entry);
      T result = reading.read(header, in);
      in.skip(Long.MAX_VALUE);
      if (entry.getCrc() >= 0 && entry.getCrc() != in.getChecksum().getValue()) {
        throw new DataException("the data are damaged (wrong CRC-32)");
      }
      return result;
    } catch (DataException e) {
      throw new DataException("%s: %s: %s".formatted(path, name, e.getMessage()), e);
    } catch (IOException e) {
      throw new DataException(
          "%s: %s: the file is damaged or cut off: %s".formatted(path, name, e.getMessage()), e);
    }
  }

  /** Before anything is allocated: does the entry hold as many bytes as its header says? */
  private static void mustFit(NpyHeader header, ZipEntry entry) {
    long expected = Math.addExact(header.headerBytes(), header.dataBytes());
    if (entry.getSize() >= 0 && entry.getSize() != expected) {
      throw new DataException(
          "shape %s of %s needs %d bytes, but the array has %d"
              .formatted(header.shapeText(), header.typeText(), expected, entry.getSize()));
    }
  }

  private static Images readImages(NpyHeader header, InputStream in) throws IOException {
    if (header.kind() != 'u' || header.itemBytes() != 1) {
      throw new DataException(
          "images must be uint8, not %s; scale them to 0..255 and save them as uint8"
              .formatted(header.typeText()));
    }
    List<Integer> shape = header.shape();
    int channels = shape.size() == 4 ? shape.get(3) : 1;
    if (shape.size() < 3 || shape.size() > 4 || (channels != 1 && channels != 3)) {
      throw new DataException(
          "images must have shape (n, H, W), (n, H, W, 1) or (n, H, W, 3), not "
              + header.shapeText());
    }
    return Images.read(in, new Images.Shape(shape.get(1), shape.get(2), channels), shape.get(0));
  }

  private static int[] readLabels(NpyHeader header, InputStream in) throws IOException {
    List<Integer> shape = header.shape();
    if (!header.isInteger() || header.itemBytes() > Long.BYTES) {
      throw new DataException("labels must be integers, not " + header.typeText());
    }
    if (shape.size() == 2 && shape.get(1) > 1) {
      throw new DataException(
          "labels of shape %s are multi-label; one label per image is needed, shape (n) or (n, 1)"
              .formatted(header.shapeText()));
    }
    if (shape.isEmpty() || shape.size() > 2 || (shape.size() == 2 && shape.get(1) != 1)) {
      throw new DataException("labels must have shape (n) or (n, 1), not " + header.shapeText());
    }
    ByteBuffer items = items(header, in);
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
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new DataException("label %d at %d: labels are 0, 1, 2, ...".formatted(value, index));
    }
    return (int) value;
  }

  private static Optional<List<String>> readTexts(NpyHeader header, InputStream in)
      throws IOException {
    if (header.kind() != 'U' || header.shape().size() != 1) {
      return Optional.empty();
    }
    ByteBuffer items = items(header, in);
    return Optional.of(
        IntStream.range(0, header.shape().get(0)).mapToObj(i -> text(header, items, i)).toList());
  }

  private static String text(NpyHeader header, ByteBuffer items, int index) {
    StringBuilder text = new StringBuilder();
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
    byte[] bytes = in.readNBytes((int) header.dataBytes());
    if (bytes.length < header.dataBytes()) {
      throw new EOFException("%d of %d bytes".formatted(bytes.length, header.dataBytes()));
    }
    ByteOrder order = header.order();
    return ByteBuffer.wrap(bytes).order(order);
  }

  /** What is made of an array. */
  private interface Reading<T> {
    T read(NpyHeader header, InputStream in) throws IOException;
  }
}

package org.openmargin.data.source;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.openmargin.data.DataException;

/**
 * The header of a NumPy {@code .npy} array, format versions 1.0, 2.0 and 3.0 (NumPy reference,
 * "numpy.lib.format").
 *
 * @param order byte order of the items
 * @param kind type letter: {@code u} unsigned, {@code i} signed, {@code b} bool, {@code f} float,
 *     {@code U} text, ...
 * @param itemBytes bytes of one item
 * @param shape the dimensions
 * @param headerBytes bytes before the first item
 */
record NpyHeader(ByteOrder order, char kind, int itemBytes, List<Integer> shape, int headerBytes) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)(\\w)(\\d+)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\sL]*)\\)");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Reads the header and leaves the stream at the first item.
   *
   * @throws DataException if this is not an npy array or is of an unsupported kind
   */
  static NpyHeader read(InputStream stream) throws IOException {
    var in = new DataInputStream(stream);
    try {
      var magic = in.readNBytes(MAGIC.length);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new DataException("not an npy array: it does not begin with \\x93NUMPY");
      }
      int major = in.readUnsignedByte();
      in.readUnsignedByte();
      if (major < 1 || major > 3) {
        throw new DataException("npy format %d is not supported, only 1, 2 and 3".formatted(major));
      }
      int lengthBytes = major == 1 ? Short.BYTES : Integer.BYTES;
      long length = littleEndian(in.readNBytes(lengthBytes));
      if (length > MAX_HEADER_BYTES) {
        throw new DataException("npy header of %d bytes: the array is damaged".formatted(length));
      }
      var text = new byte[(int) length];
      in.readFully(text);
      var charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
      return parse(new String(text, charset), MAGIC.length + 2 + lengthBytes + (int) length);
    } catch (EOFException e) {
      throw new DataException("the data ends inside the npy header", e);
    }
  }

  long dataBytes() {
    try {
      long bytes = itemBytes;
      for (int size : shape) {
        bytes = Math.multiplyExact(bytes, (long) size);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw new DataException("shape %s is too large to be right".formatted(shapeText()), e);
    }
  }

  /** The dimensions as NumPy prints them. */
  String shapeText() {
    var sizes = String.join(", ", shape.stream().map(String::valueOf).toList());
    return "(" + sizes + (shape.size() == 1 ? ",)" : ")");
  }

  /** The type as NumPy spells it. */
  String typeText() {
    return switch (kind) {
      case 'u' -> "uint" + 8 * itemBytes;
      case 'i' -> "int" + 8 * itemBytes;
      case 'f' -> "float" + 8 * itemBytes;
      case 'c' -> "complex" + 8 * itemBytes;
      case 'b' -> "bool";
      default -> "" + kind + itemBytes;
    };
  }

  boolean isInteger() {
    return kind == 'u' || kind == 'i';
  }

  private static NpyHeader parse(String text, int headerBytes) {
    var descr = DESCR.matcher(text);
    var fortran = FORTRAN.matcher(text);
    var shape = SHAPE.matcher(text);
    if (!descr.find() || !fortran.find() || !shape.find()) {
      throw new DataException(
          "npy header %s: only arrays of one plain type are supported".formatted(text.strip()));
    }
    var rest = text;
    for (var part : List.of(descr, fortran, shape)) {
      rest = rest.replace(part.group(), "");
    }
    if (!rest.replaceAll("[,\\s]", "").equals("{}")) {
      throw new DataException("npy header %s: the array is damaged".formatted(text.strip()));
    }
    if (fortran.group(1).equals("True")) {
      throw new DataException(
          "the array is in Fortran order; save it with numpy.ascontiguousarray(array)");
    }
    var order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    char kind = descr.group(2).charAt(0);
    try {
      // NumPy counts a text type in characters of 4 bytes (UTF-32), all others in bytes.
      int itemBytes = Math.multiplyExact(Integer.parseInt(descr.group(3)), kind == 'U' ? 4 : 1);
      return new NpyHeader(order, kind, itemBytes, sizes(shape.group(1)), headerBytes);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new DataException("npy header %s: a size beyond 2^31".formatted(text.strip()), e);
    }
  }

  private static List<Integer> sizes(String text) {
    return Pattern.compile("[,\\sL]+")
        .splitAsStream(text.strip())
        .filter(size -> !size.isEmpty())
        .map(Integer::valueOf)
        .toList();
  }

  private static long littleEndian(byte[] bytes) throws EOFException {
    if (bytes.length != Short.BYTES && bytes.length != Integer.BYTES) {
      throw new EOFException();
    }
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }
}

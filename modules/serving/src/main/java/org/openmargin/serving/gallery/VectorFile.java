package org.openmargin.serving.gallery;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.openmargin.serving.ModelException;

/**
 * Vectors as NumPy reads and writes them: {@code .npy} version 1.0, little-endian float32, a matrix
 * in row-major order. A file may be larger than 2 GB.
 */
final class VectorFile {
  private static final byte[] MAGIC =
      "\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEADER = 128;
  private static final int BUFFER = 1 << 20;
  private static final Pattern TEXT =
      Pattern.compile(
          "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d{1,10}), (\\d{1,7})\\), \\} *\n");

  private VectorFile() {}

  /**
   * @param rows of one length
   * @param count of the rows, at least 1
   */
  static void write(Path file, Iterator<float[]> rows, long count) throws IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
      var first = rows.next();
      var bytes = ByteBuffer.allocate(first.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.write(header(count, first.length));
      bytes.asFloatBuffer().put(first);
      out.write(bytes.array());
      while (rows.hasNext()) {
        bytes.asFloatBuffer().put(rows.next());
        out.write(bytes.array());
      }
    }
  }

  private static byte[] header(long rows, int columns) {
    var text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s, %s), }".formatted(rows, columns);
    var padded = text + " ".repeat(HEADER - MAGIC.length - Short.BYTES - text.length() - 1) + "\n";
    return ByteBuffer.allocate(HEADER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }

  /**
   * @throws ModelException if it is no such file, cut off or too long
   */
  static List<float[]> read(Path file) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      var header = new String(in.readNBytes(HEADER), StandardCharsets.ISO_8859_1);
      var text = TEXT.matcher(header.substring(Math.min(header.length(), MAGIC.length + 2)));
      if (!text.matches()) {
        throw new ModelException(file.getFileName() + " does not begin as it should");
      }
      var count = Long.parseLong(text.group(1));
      var columns = Integer.parseInt(text.group(2));
      if (Files.size(file) != HEADER + count * columns * Float.BYTES) {
        throw new ModelException(file.getFileName() + " is cut off or too long");
      }
      var rows = new ArrayList<float[]>();
      for (var i = 0L; i < count; i++) {
        var row = new float[columns];
        ByteBuffer.wrap(in.readNBytes(columns * Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .get(row);
        rows.add(row);
      }
      return rows;
    }
  }
}

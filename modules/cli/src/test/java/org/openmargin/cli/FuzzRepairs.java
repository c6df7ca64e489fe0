package org.openmargin.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Makes checksums right again, so that damage gets past them. */
final class FuzzRepairs {
  private static final Pattern ARRAY =
      Pattern.compile("((?:train|val|test)_(?:images|labels)\\.npy)\n\\d+\n");

  private FuzzRepairs() {}

  /** The arrays one after another, so that damage hits them and not the archive around them. */
  static byte[] stored(byte[] archive) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        var array = zip.readAllBytes();
        out.writeBytes(
            (entry.getName() + "\n" + array.length + "\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(array);
      }
    }
    return out.toByteArray();
  }

  /** An archive with right checksums of arrays that are damaged; undoes {@link #stored}. */
  static byte[] zippedAnew(byte[] stored) {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      var text = new String(stored, StandardCharsets.ISO_8859_1);
      var names = ARRAY.matcher(text);
      var starts = new ArrayList<int[]>();
      var found = new ArrayList<String>();
      while (names.find()) {
        starts.add(new int[] {names.start(), names.end()});
        found.add(names.group(1));
      }
      for (var i = 0; i < found.size(); i++) {
        if (found.indexOf(found.get(i)) == i) {
          var end = i + 1 < starts.size() ? starts.get(i + 1)[0] : stored.length;
          zip.putNextEntry(new ZipEntry(found.get(i)));
          zip.write(stored, starts.get(i)[1], end - starts.get(i)[1]);
          zip.closeEntry();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Right checksums for the chunks of a PNG file, as far as they can be found. */
  static byte[] withChunkSums(byte[] png) {
    var bytes = ByteBuffer.wrap(png.clone());
    var at = 8;
    while (at + 12 <= png.length) {
      var length = bytes.getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        break;
      }
      var sum = new CRC32();
      sum.update(bytes.array(), at + 4, length + 4);
      bytes.putInt(at + 8 + length, (int) sum.getValue());
      at += 12 + length;
    }
    return bytes.array();
  }
}

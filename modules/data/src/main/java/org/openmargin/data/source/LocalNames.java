package org.openmargin.data.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.openmargin.data.DataException;
import org.openmargin.data.pixels.FilePixels;

/**
 * Compares the two names that a zip file has for each entry, in its directory and before the data
 * (APPNOTE, 4.3.7): Java reads the first only, NumPy refuses a file where they differ.
 */
final class LocalNames {
  private static final int NAME_LENGTH_AT = 26;
  private static final int NAME_AT = 30;

  private LocalNames() {}

  /**
   * @throws DataException if a name differs
   */
  static void mustAgree(Path file) {
    try (var archive = ZipFile.builder().setPath(file).get();
        var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (var entry : Collections.list(archive.getEntries())) {
        if (!local(channel, entry).equals(new String(entry.getRawName(), StandardCharsets.UTF_8))) {
          throw new DataException(
              "%s: damaged: the array %s has another name before its data"
                  .formatted(file, entry.getName()));
        }
      }
    } catch (IOException e) {
      // An unusual archive: java.util.zip reads it or reports what is wrong.
      return;
    }
  }

  private static String local(FileChannel channel, ZipArchiveEntry entry) throws IOException {
    var head = ByteBuffer.allocate(NAME_AT).order(ByteOrder.LITTLE_ENDIAN);
    FilePixels.readFully(channel, entry.getLocalHeaderOffset(), head);
    var name = new byte[head.getShort(NAME_LENGTH_AT) & 0xffff];
    FilePixels.readFully(channel, entry.getLocalHeaderOffset() + NAME_AT, ByteBuffer.wrap(name));
    return new String(name, StandardCharsets.UTF_8);
  }
}

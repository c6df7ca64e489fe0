package org.openmargin.data.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openmargin.data.DataException;
import org.openmargin.files.FileErrors;
import org.openmargin.files.PathHints;

/**
 * The text of a table: UTF-8, or UTF-16 and UTF-32 as spreadsheets write them. A byte order mark
 * decides; without one, zero bytes tell UTF-16.
 */
final class TableText {
  private static final String REMEDY = "save it as CSV in UTF-8";

  private TableText() {}

  /**
   * @throws DataException if there is no such file, it is no text, or has characters of another
   *     encoding
   */
  static String of(Path file) {
    if (Files.isDirectory(file)) {
      throw new DataException(file + ": a folder; a manifest is a CSV file");
    }
    if (!Files.exists(file)) {
      throw new DataException(file + ": no such manifest" + PathHints.missing(file));
    }
    try {
      return of(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new DataException("%s: cannot be read: %s".formatted(file, FileErrors.reason(e)), e);
    } catch (OutOfMemoryError e) {
      throw new DataException(file + ": too large for a manifest", e);
    }
  }

  private static String of(Path file, byte[] bytes) {
    mustBeText(file, bytes);
    var charset = charset(bytes);
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(bytes);
    try {
      var text = decoder.decode(in).toString();
      if (text.indexOf('\0') >= 0) {
        throw new DataException("%s: holds zero characters; %s".formatted(file, REMEDY));
      }
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new DataException(
          "%s: line %d is not %s text; %s"
              .formatted(file, line(bytes, in.position()), charset, REMEDY),
          e);
    }
  }

  private static void mustBeText(Path file, byte[] bytes) {
    var what =
        starts(bytes, 'P', 'K', 3, 4)
            ? "a zip file, perhaps an Excel workbook"
            : starts(bytes, 'P', 'A', 'R', '1')
                ? "a Parquet file, whose reader (openmargin-parquet) is not on the class path"
                : starts(bytes, 0x1f, 0x8b)
                    ? "compressed by gzip"
                    : starts(bytes, 0xd0, 0xcf, 0x11, 0xe0) ? "an old Excel workbook" : "";
    if (!what.isEmpty()) {
      throw new DataException("%s: %s; %s".formatted(file, what, REMEDY));
    }
  }

  private static Charset charset(byte[] bytes) {
    if (starts(bytes, 0xff, 0xfe, 0, 0)) {
      return Charset.forName("UTF-32LE");
    }
    if (starts(bytes, 0xff, 0xfe)) {
      return StandardCharsets.UTF_16LE;
    }
    if (starts(bytes, 0xfe, 0xff)) {
      return StandardCharsets.UTF_16BE;
    }
    if (bytes.length > 1 && bytes.length % 2 == 0 && (bytes[0] == 0) != (bytes[1] == 0)) {
      return bytes[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
    return StandardCharsets.UTF_8;
  }

  private static boolean starts(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (var i = 0; i < magic.length; i++) {
      if ((bytes[i] & 255) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static int line(byte[] bytes, int until) {
    var line = 1;
    for (var i = 0; i < until; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}

package org.openmargin.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.openmargin.files.FileErrors;

/**
 * A list of files: a table in text with a column {@code file}, or a text with a path per line;
 * relative to the list. Read as {@code openmargin score} does without Spark, so that both answer
 * the same files.
 */
record Manifest(Places places, Path list) {

  /**
   * @throws ArchiveException if it cannot be read, or names no file
   */
  List<ArchiveItem> items() {
    var text = text();
    var names = isTable() ? new ManifestTable(Places.text(list), text).files() : lines(text);
    if (names.isEmpty()) {
      throw new ArchiveException(Places.text(list) + ": there is no image");
    }
    return names.stream().map(name -> item(name.strip().replace('\\', '/'))).toList();
  }

  private boolean isTable() {
    var name = list.getName().toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".tsv");
  }

  private ArchiveItem item(String name) {
    var absolute =
        Places.isAddress(name)
            ? name
            : Places.text(
                name.startsWith("/")
                    ? new Path(list.toUri().getScheme(), list.toUri().getAuthority(), name)
                    : new Path(list.getParent(), new Path(null, null, name)));
    return new ArchiveItem.InPlace(absolute, false);
  }

  private String text() {
    try (var in = places.files(list).open(list)) {
      var decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
      if (decoded.indexOf('\0') >= 0) {
        throw new ArchiveException(
            Places.text(list) + ": a manifest must be text in UTF-8; it holds zero characters");
      }
      // The byte order mark of spreadsheets.
      return decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
    } catch (CharacterCodingException e) {
      throw new ArchiveException(Places.text(list) + ": a manifest must be text in UTF-8", e);
    } catch (IOException e) {
      throw new ArchiveException(
          Places.text(list) + ": cannot be read: " + FileErrors.reason(e), e);
    }
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }
}

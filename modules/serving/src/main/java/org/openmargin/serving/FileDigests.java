package org.openmargin.serving;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openmargin.files.Sha256;

/**
 * The SHA-256 of every file of a version, in the format of {@code sha256sum}: {@link
 * ModelContract#DIGESTS_FILE}.
 *
 * @param byPath digests in hexadecimal, by path within the version
 */
public record FileDigests(SortedMap<String, String> byPath) {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");

  /** Of the files in a directory, as they are now. */
  public static FileDigests of(Path directory) throws IOException {
    var digests = new TreeMap<String, String>();
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var path = directory.relativize(file).toString().replace(File.separatorChar, '/');
        if (!ModelContract.WRITTEN_LATER.contains(path)) {
          digests.put(path, Sha256.ofFile(file));
        }
      }
    }
    return new FileDigests(digests);
  }

  /**
   * Those that were recorded.
   *
   * @throws ModelException if the file is damaged
   */
  public static FileDigests recorded(Path directory) throws IOException {
    var digests = new TreeMap<String, String>();
    for (var line : Files.readAllLines(directory.resolve(ModelContract.DIGESTS_FILE))) {
      var parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new ModelException(ModelContract.DIGESTS_FILE + " is damaged");
      }
      if (digests.put(parts.group(2), parts.group(1)) != null) {
        throw new ModelException(
            "%s lists %s twice".formatted(ModelContract.DIGESTS_FILE, parts.group(2)));
      }
    }
    return new FileDigests(digests);
  }

  /**
   * Refuses a version that is not as it was written.
   *
   * @throws ModelException naming the first file that differs
   */
  public static void requireIntact(Path version) throws IOException {
    for (var difference : of(version).differences(recorded(version))) {
      throw new ModelException(version + " is damaged: " + difference);
    }
  }

  public void write(Path directory) throws IOException {
    var lines = byPath.entrySet().stream().map(file -> file.getValue() + "  " + file.getKey());
    var text = String.join("\n", lines.toList()) + "\n";
    Files.writeString(directory.resolve(ModelContract.DIGESTS_FILE), text);
  }

  /** What is not as it was recorded, file by file. */
  public List<String> differences(FileDigests recorded) {
    var differences = new ArrayList<String>();
    recorded.byPath.forEach(
        (file, digest) -> {
          if (!byPath.containsKey(file)) {
            differences.add(file + " is missing");
          } else if (!byPath.get(file).equals(digest)) {
            differences.add(file + " is not as it was exported: its SHA-256 differs");
          }
        });
    byPath.keySet().stream()
        .filter(file -> !recorded.byPath.containsKey(file))
        .forEach(file -> differences.add(file + " is no file of the export"));
    return differences;
  }
}

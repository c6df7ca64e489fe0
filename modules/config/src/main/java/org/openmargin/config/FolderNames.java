package org.openmargin.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Folder names for arbitrary names: letters, digits and {@code . _ + = -} stay, blanks become
 * {@code _}, all others {@code -}. If that loses characters, or two names would share a folder, the
 * first eight hex digits of the name's SHA-256 are appended.
 */
public final class FolderNames {
  private FolderNames() {}

  /** A folder name for each of the {@code names}; no two are equal, ignoring case. */
  public static Map<String, String> of(List<String> names) {
    var shared =
        names.stream()
            .distinct()
            .collect(
                Collectors.groupingBy(
                    name -> plain(name).toLowerCase(Locale.ROOT), Collectors.counting()));
    return names.stream()
        .distinct()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> folder(name, shared.get(plain(name).toLowerCase(Locale.ROOT)) > 1)));
  }

  private static String folder(String name, boolean shared) {
    var plain = plain(name);
    boolean kept = plain.equals(name.replace(' ', '_'));
    return kept && !shared ? plain : plain + "-" + sha256(name).substring(0, 8);
  }

  private static String plain(String name) {
    return name.replace(' ', '_')
        .replaceAll("[^A-Za-z0-9._+=-]", "-")
        .replaceFirst("^[.]", "-")
        .replaceFirst("[.]$", "-");
  }

  private static String sha256(String name) {
    return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
  }
}

package org.openmargin.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names of folders for names of any characters: letters, digits and {@code . _ + = -} stay, blanks
 * become {@code _}, all others {@code -}. A name that loses something by it, or that would share
 * its folder with another one, gets the beginning of its SHA-256 behind.
 */
public final class FolderNames {
  private FolderNames() {}

  /** A name of a folder for each of the {@code names}; no two are equal, capitals aside. */
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

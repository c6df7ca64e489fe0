package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Below the command line, no decimal is formatted in the default locale. */
class NumberFormatsTest {
  private static final String LITERAL = "\"(?:[^\"\\\\\\n]|\\\\.)*";
  private static final String DECIMAL = "%[-+0-9,# (]*(?:,|\\.\\d|[feg])";
  private static final Pattern DEFAULT_LOCALE =
      Pattern.compile(
          "String\\.format\\(\\s*\"|" + LITERAL + DECIMAL + "[^\"\\n]*\"\\s*\\.formatted\\(");

  @Test
  void decimalsNameTheirLocale() throws IOException {
    try (var files = Files.walk(Path.of("../../modules"))) {
      var found =
          files
              .filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
              .filter(file -> !file.toString().matches(".*/(cli|speed)/src/.*"))
              .collect(
                  Collectors.toMap(
                      Path::toString, NumberFormatsTest::firstFault, (a, b) -> a, TreeMap::new));
      assertThat(found).hasSizeGreaterThan(200);
      found.values().removeIf(String::isEmpty);
      assertThat(found).isEmpty();
    }
  }

  private static String firstFault(Path file) {
    try {
      var matcher = DEFAULT_LOCALE.matcher(Files.readString(file));
      return matcher.find() ? matcher.group() : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

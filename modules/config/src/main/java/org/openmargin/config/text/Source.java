package org.openmargin.config.text;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A text with its name and lines, for reporting places in it.
 *
 * @param name shown in problems
 * @param lines empty for an override, which is its own place
 */
public record Source(String name, String text, List<String> lines) {

  /** Some editors begin UTF-8 files with it. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  public static Source file(String name, String text) {
    return new Source(name, text, text.lines().toList());
  }

  /**
   * Reads a file.
   *
   * @param what kind of file it should be, with its article
   * @throws ConfigException if it cannot be read as text
   */
  public static Source read(Path file, String what) {
    try {
      var text = Files.readString(file);
      if (text.indexOf('\0') >= 0 && text.indexOf('\0') < 4) {
        throw new CharacterCodingException();
      }
      return file(file.toString(), text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (IOException e) {
      var problem = Place.whole(file.toString()).problem("", reason(file, what, e));
      var exception = new ConfigException(List.of(problem));
      exception.initCause(e);
      throw exception;
    }
  }

  private static String reason(Path file, String what, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file; "
          + (file.startsWith("~")
              ? "~ stands for the home folder in a shell only"
              : "the working directory is " + Path.of("").toAbsolutePath());
    }
    if (e instanceof CharacterCodingException) {
      return "is not UTF-8 text; save it as UTF-8, not as UTF-16 (Unicode) or in a code page";
    }
    if (Files.isDirectory(file)) {
      return "is a folder, not " + what;
    }
    return e instanceof AccessDeniedException
        ? "cannot be read: permission denied"
        : "cannot be read: " + e.getMessage();
  }

  /**
   * The value of an override.
   *
   * @param override {@code path=value}
   * @param value the part after {@code =}
   */
  static Source override(String override, String value) {
    return new Source("--set " + override, value, List.of());
  }

  public Place whole() {
    return Place.whole(name);
  }

  Place at(Token token) {
    if (lines.isEmpty()) {
      return whole();
    }
    var line = token.line() <= lines.size() ? lines.get(token.line() - 1) : "";
    return new Place(name, token.line(), token.column(), line);
  }
}

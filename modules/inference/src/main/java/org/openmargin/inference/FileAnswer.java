package org.openmargin.inference;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.openmargin.serving.Classification;

/**
 * What a model says about a file.
 *
 * @param classification empty if the file cannot be used
 * @param detail why it cannot be used, for people; empty if it can
 */
public record FileAnswer(
    Path file, Optional<Classification> classification, Reason reason, String detail) {

  /** Whether, or why not, a file can be used. */
  public enum Reason {
    OK,
    /** Used, but of no usual kind at all. */
    UNUSUAL_INPUT,
    MISSING,
    UNREADABLE,
    NOT_AN_IMAGE,
    DAMAGED;

    /** For files of answers. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static FileAnswer of(Path file, Classification answer) {
    if (!answer.inputOk()) {
      return unusable(file, Reason.NOT_AN_IMAGE, "not an image that the model can read");
    }
    var reason = answer.unusual() ? Reason.UNUSUAL_INPUT : Reason.OK;
    return new FileAnswer(file, Optional.of(answer), reason, "");
  }

  static FileAnswer unusable(Path file, Reason reason, String detail) {
    return new FileAnswer(file, Optional.empty(), reason, detail);
  }
}

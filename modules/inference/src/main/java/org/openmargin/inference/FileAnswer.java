package org.openmargin.inference;

import java.nio.file.Path;
import java.util.Optional;
import org.openmargin.serving.Classification;
import org.openmargin.serving.Reason;

/**
 * What a model says about a file.
 *
 * @param classification empty if the file cannot be used
 * @param reason a code of {@link Reason}, {@link #MISSING} or {@link #UNREADABLE}
 * @param detail why the file cannot be used, for people; empty if it can
 */
public record FileAnswer(
    Path file, Optional<Classification> classification, String reason, String detail) {
  /** There is no such file. */
  public static final String MISSING = "missing";

  /** The file system does not give it. */
  public static final String UNREADABLE = "unreadable";

  static FileAnswer of(Path file, Classification answer) {
    return switch (answer.reason()) {
      case OK -> new FileAnswer(file, Optional.of(answer), Reason.OK.code(), "");
      case NOT_AN_IMAGE ->
          unusable(file, Reason.NOT_AN_IMAGE, "not an image that the model can read");
      case TOO_LARGE -> unusable(file, Reason.TOO_LARGE, "more pixels than are decoded");
      case UNUSUAL_INPUT ->
          unusable(file, Reason.UNUSUAL_INPUT, "a kind of file that decoders read differently");
      case TRUNCATED -> unusable(file, Reason.TRUNCATED, "cut off or damaged");
      case NOT_FINITE ->
          unusable(file, Reason.NOT_FINITE, "the model gives a number that is not finite");
    };
  }

  static FileAnswer unusable(Path file, Reason reason, String detail) {
    return unusable(file, reason.code(), detail);
  }

  static FileAnswer unusable(Path file, String reason, String detail) {
    return new FileAnswer(file, Optional.empty(), reason, detail);
  }
}

package org.openmargin.inference;

import java.nio.file.Path;
import java.util.Optional;
import org.openmargin.serving.Classification;
import org.openmargin.serving.Reason;
import org.openmargin.serving.archive.ArchiveRow;

/**
 * What a model says about a file.
 *
 * @param classification empty if the file cannot be used, and so has no score
 * @param reason a code of {@link Reason}, {@link #MISSING} or {@link #UNREADABLE}
 * @param detail the reason for people; empty for {@link Reason#OK}
 */
public record FileAnswer(
    Path file, Optional<Classification> classification, String reason, String detail) {
  /** There is no such file. */
  public static final String MISSING = ArchiveRow.MISSING;

  /** The file system does not give it. */
  public static final String UNREADABLE = ArchiveRow.UNREADABLE;

  static FileAnswer of(Path file, Classification answer) {
    var used = Optional.of(answer).filter(row -> row.reason().scored());
    return new FileAnswer(file, used, answer.reason().code(), answer.detail());
  }

  static FileAnswer unusable(Path file, String reason, String detail) {
    return new FileAnswer(file, Optional.empty(), reason, detail);
  }
}

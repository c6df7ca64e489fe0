package org.openmargin.serving.archive;

import java.util.Optional;
import org.openmargin.serving.Classification;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.Reason;

/**
 * A row of the table of an archive's answers.
 *
 * @param path of the file
 * @param answer empty if the file has no score: it is then unknown
 * @param reason a code of {@link Reason}, {@link #MISSING} or {@link #UNREADABLE}
 * @param error why the file has no score, in words; empty if it has one
 * @param audit the model
 */
public record ArchiveRow(
    String path,
    Optional<Classification> answer,
    String reason,
    Optional<String> error,
    Audit audit) {
  /** There is no such file. */
  public static final String MISSING = "missing";

  /** The file system does not give it. */
  public static final String UNREADABLE = "unreadable";

  /** A model's answer. */
  public static ArchiveRow of(String path, Classification answer, Audit audit) {
    return answer.reason().scored()
        ? new ArchiveRow(path, Optional.of(answer), answer.reason().code(), Optional.empty(), audit)
        : unusable(path, answer.reason().code(), answer.detail(), audit);
  }

  /** A file that no model can be asked about, or that it refuses. */
  public static ArchiveRow unusable(String path, String reason, String error, Audit audit) {
    return new ArchiveRow(path, Optional.empty(), reason, Optional.of(error), audit);
  }

  public String label() {
    return answer.map(Classification::label).orElse(ModelContract.UNKNOWN);
  }

  /** Whether the file is rejected, as one without a score always is. */
  public boolean unknown() {
    return answer.map(Classification::unknown).orElse(true);
  }
}

package org.openmargin.inference.archive;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openmargin.inference.FileAnswer;
import org.openmargin.serving.archive.ArchiveRow;
import org.openmargin.serving.archive.Audit;

/** The row of a file. */
record AnswerRow(FileAnswer answer, Audit audit, Instant time) {

  /**
   * The columns of a text: the same for all files, in the same order.
   *
   * @return strings, numbers and booleans; "" for a number that there is none of
   */
  Map<String, Object> columns() {
    var columns = new LinkedHashMap<String, Object>();
    var found = answer.classification();
    columns.put("file", answer.file().toString());
    columns.put("label", found.map(c -> c.label()).orElse("unknown"));
    columns.put("is_unknown", found.map(c -> c.unknown()).orElse(true));
    columns.put("unknown_score", found.<Object>map(c -> c.unknownScore()).orElse(""));
    columns.put("best_known_label", found.map(c -> c.bestKnownLabel()).orElse(""));
    columns.put("input_is_unusual", found.map(c -> c.unusual()).orElse(false));
    columns.put("reason", answer.reason());
    columns.put("detail", answer.detail());
    columns.put("model", audit.model());
    columns.put("model_version", audit.version());
    columns.put("model_digest", audit.digest());
    columns.put("threshold", audit.threshold());
    columns.put("time", time.toString());
    return columns;
  }

  /** The row of a table that a cluster would write, too: without a time, with the whole path. */
  ArchiveRow tableRow() {
    return new ArchiveRow(
        answer.file().toAbsolutePath().normalize().toString(),
        answer.classification(),
        answer.reason(),
        answer.classification().isPresent() ? Optional.empty() : Optional.of(answer.detail()),
        audit);
  }
}

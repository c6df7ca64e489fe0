package org.openmargin.inference.archive;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.inference.FileAnswer;

/**
 * The row of a file: the same columns for all, in the same order.
 *
 * @param columns strings, numbers and booleans; "" for a number that there is none of
 */
record AnswerRow(Map<String, Object> columns) {

  static AnswerRow of(FileAnswer answer, Audit audit, Instant time) {
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
    return new AnswerRow(columns);
  }
}

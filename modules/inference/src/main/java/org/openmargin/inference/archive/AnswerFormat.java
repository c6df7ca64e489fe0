package org.openmargin.inference.archive;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.inference.FileAnswer;

/** How answers are written. */
public enum AnswerFormat {
  /** A header, then a row per file (RFC 4180). */
  CSV {
    @Override
    String header() {
      var any = new FileAnswer(Path.of(""), Optional.empty(), "", "");
      var row = AnswerRow.of(any, new Audit("", "", "", 0), Instant.EPOCH);
      return record(row.columns().keySet().stream().toList());
    }

    @Override
    String text(AnswerRow row) {
      return record(row.columns().values().stream().map(Object::toString).toList());
    }
  },

  /** A JSON object per line; a number that there is none of is left out. */
  JSONL {
    @Override
    String header() {
      return "";
    }

    @Override
    String text(AnswerRow row) {
      var json = COMPACT.toJsonTree(row.columns()).getAsJsonObject();
      if (row.columns().get("unknown_score").equals("")) {
        json.remove("unknown_score");
      }
      return COMPACT.toJson(json) + "\n";
    }
  };

  private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();

  /**
   * By the ending of a name.
   *
   * @throws DataException for another than .csv and .jsonl
   */
  public static AnswerFormat of(Path file) {
    var name = file.toString();
    if (name.endsWith(".csv")) {
      return CSV;
    }
    if (name.endsWith(".jsonl")) {
      return JSONL;
    }
    throw new DataException(file + ": the name must end in .csv or .jsonl");
  }

  abstract String header();

  abstract String text(AnswerRow row);

  private static String record(List<String> fields) {
    var text = new StringWriter();
    CsvWriter.builder()
        .lineDelimiter(LineDelimiter.LF)
        .bufferSize(0)
        .build(text)
        .writeRecord(fields);
    return text.toString();
  }
}

package org.openmargin.inference.archive;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openmargin.data.DataException;
import org.openmargin.inference.FileAnswer;
import org.openmargin.inference.parquet.ParquetTable;
import org.openmargin.serving.archive.Audit;

/** How answers are written. */
public enum AnswerFormat {
  /** A header, then a row per file (RFC 4180). */
  CSV {
    @Override
    String header() {
      var any = new FileAnswer(Path.of(""), Optional.empty(), "", "");
      var row = new AnswerRow(any, new Audit("", "", "", 0), Instant.EPOCH);
      return record(row.columns().keySet().stream().toList());
    }

    @Override
    byte[] shard(List<AnswerRow> rows) {
      return text(
          rows, row -> record(row.columns().values().stream().map(Object::toString).toList()));
    }
  },

  /** A JSON object per line; a number that there is none of is left out. */
  JSONL {
    @Override
    byte[] shard(List<AnswerRow> rows) {
      return text(rows, AnswerFormat::line);
    }
  },

  /** A folder of Parquet files, one per shard, as clusters write it. */
  PARQUET {
    @Override
    byte[] shard(List<AnswerRow> rows) {
      return new ParquetTable(rows.stream().map(AnswerRow::tableRow).toList()).bytes();
    }
  };

  private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();

  /**
   * By the ending of a name.
   *
   * @throws DataException for another than .csv, .jsonl and .parquet
   */
  public static AnswerFormat of(Path file) {
    var name = file.toString();
    if (name.endsWith(".csv")) {
      return CSV;
    }
    if (name.endsWith(".jsonl")) {
      return JSONL;
    }
    if (name.endsWith(".parquet")) {
      return PARQUET;
    }
    throw new DataException(file + ": the name must end in .csv, .jsonl or .parquet");
  }

  /** What stands before the first shard. */
  String header() {
    return "";
  }

  abstract byte[] shard(List<AnswerRow> rows);

  private static byte[] text(List<AnswerRow> rows, Function<AnswerRow, String> line) {
    return rows.stream().map(line).collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
  }

  private static String line(AnswerRow row) {
    var columns = row.columns();
    var json = COMPACT.toJsonTree(columns).getAsJsonObject();
    if (columns.get("unknown_score").equals("")) {
      json.remove("unknown_score");
    }
    return COMPACT.toJson(json) + "\n";
  }

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

package org.openmargin.cli.predict;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.cli.console.Console;

/** Answers as CSV (RFC 4180): a header, then a row per image with the probability of each class. */
public final class AnswerCsv implements AnswerWriter {
  private final Console console;
  private final StringWriter row = new StringWriter();
  private final CsvWriter csv =
      CsvWriter.builder().lineDelimiter(LineDelimiter.PLATFORM).bufferSize(0).build(row);

  public AnswerCsv(Console console) {
    this.console = console;
  }

  @Override
  public void begin(Answer.Model model, List<Path> files) {
    var header =
        new ArrayList<>(
            List.of(
                "file",
                "label",
                "is_unknown",
                "input_is_unusual",
                "rejection",
                "unknown_score",
                "best_known_label"));
    model.classNames().forEach(name -> header.add("p(" + name + ")"));
    print(header);
  }

  @Override
  public void write(Answer answer) {
    var fields = new ArrayList<String>();
    fields.add(answer.file().toString());
    fields.add(answer.label());
    fields.add(Boolean.toString(answer.unknown()));
    fields.add(Boolean.toString(answer.unusual()));
    fields.add(answer.rejection());
    fields.add(Double.toString(answer.unknownScore()));
    fields.add(answer.bestKnown().label());
    answer.probabilities().forEach(p -> fields.add(Float.toString(p)));
    print(fields);
  }

  private void print(List<String> fields) {
    csv.writeRecord(fields);
    console.out().print(row);
    row.getBuffer().setLength(0);
  }
}

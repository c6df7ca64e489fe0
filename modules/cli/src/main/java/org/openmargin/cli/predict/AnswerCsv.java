package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.openmargin.cli.console.Console;

/** Answers as CSV (RFC 4180): a header, then a row per image with the probability of each class. */
public final class AnswerCsv implements AnswerWriter {
  private final Console console;

  public AnswerCsv(Console console) {
    this.console = console;
  }

  @Override
  public void begin(Answer.Model model, List<Path> files) {
    var header =
        new ArrayList<>(
            List.of("file", "label", "is_unknown", "unknown_score", "best_known_label"));
    model.classNames().forEach(name -> header.add("p(" + name + ")"));
    row(header);
  }

  @Override
  public void write(Answer answer) {
    var fields = new ArrayList<String>();
    fields.add(answer.file().toString());
    fields.add(answer.label());
    fields.add(Boolean.toString(answer.unknown()));
    fields.add(Double.toString(answer.unknownScore()));
    fields.add(answer.bestKnown().label());
    answer.probabilities().forEach(p -> fields.add(Float.toString(p)));
    row(fields);
  }

  private void row(List<String> fields) {
    console.line(fields.stream().map(AnswerCsv::quoted).collect(Collectors.joining(",")));
  }

  private static String quoted(String field) {
    var plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}

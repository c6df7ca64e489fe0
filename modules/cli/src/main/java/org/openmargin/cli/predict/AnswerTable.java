package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openmargin.cli.console.Console;

/** Answers as a table for people. */
public final class AnswerTable implements AnswerWriter {
  private static final int WIDEST_FILE = 90;

  private final Console console;
  private String row = "";

  public AnswerTable(Console console) {
    this.console = console;
  }

  @Override
  public void begin(Answer.Model model, List<Path> files) {
    var file = files.stream().mapToInt(f -> f.toString().length()).max().orElse(0);
    var label = model.classNames().stream().mapToInt(String::length).max().orElse(0);
    row =
        "%%-%ds  %%-%ds  %%13s  %%-%ds  %%11s  %%s"
            .formatted(
                Math.min(WIDEST_FILE, Math.max(file, "image".length())),
                Math.max(label, "unknown".length()),
                Math.max(label, "best known".length()));
    console.print("an image is unknown if its unknown score is above %.6g", model.threshold());
    console.line("");
    console.print(row, "image", "answer", "unknown score", "best known", "probability", "");
  }

  @Override
  public void write(Answer answer) {
    console.print(
        row,
        answer.file(),
        answer.label(),
        number("%.6f", answer.unknownScore()),
        answer.bestKnown().label(),
        number("%.4f", answer.bestKnown().probability()),
        answer.unusual() ? "unusual image" : "");
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}

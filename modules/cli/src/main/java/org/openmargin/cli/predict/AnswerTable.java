package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openmargin.cli.console.Column;
import org.openmargin.cli.console.Console;

/** Answers as a table for people. */
public final class AnswerTable implements AnswerWriter {
  private static final int WIDEST_FILE = 90;
  private static final int NARROWEST_FILE = 12;

  /** Columns besides the file and the two labels, with the blanks between. */
  private static final int OTHERS = 2 + 2 + 13 + 2 + 2 + 11 + 2 + "unusual input".length();

  private final Console console;
  private int file;
  private int label;

  public AnswerTable(Console console) {
    this.console = console;
  }

  @Override
  public void begin(Answer.Model model, List<Path> files) {
    label =
        Math.max(
            "best known".length(),
            model.classNames().stream().mapToInt(String::length).max().orElse(0));
    var longest = files.stream().mapToInt(f -> f.toString().length()).max().orElse(0);
    var room = Math.max(NARROWEST_FILE, console.terminal().widestLine() - OTHERS - 2 * label);
    file = Math.min(Math.min(WIDEST_FILE, room), Math.max("image".length(), longest));
    console.print("an image is unknown if its unknown score is above %.6g", model.threshold());
    console.line("");
    row("image", "answer", "unknown score", "best known", "probability", "rejected for");
  }

  @Override
  public void write(Answer answer) {
    row(
        Column.shortened(answer.file().toString(), file),
        answer.label(),
        number("%.6f", answer.unknownScore()),
        answer.bestKnown().label(),
        number("%.4f", answer.bestKnown().probability()),
        answer.unknown() && !answer.unusual() ? "unknown score" : answer.rejection());
  }

  private void row(String... cells) {
    console.line(
        String.join(
                "  ",
                left(cells[0], file),
                left(cells[1], label),
                " ".repeat(Math.max(0, 13 - cells[2].length())) + cells[2],
                left(cells[3], label),
                " ".repeat(Math.max(0, 11 - cells[4].length())) + cells[4],
                cells[5])
            .stripTrailing());
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}

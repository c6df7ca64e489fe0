package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Passes answers on and counts them, for a line per folder at the end. */
final class SummarizedAnswers implements AnswerWriter {
  /** More unusual images than this share of a folder: it is of another kind than in training. */
  private static final double MOST_UNUSUAL = 0.1;

  private static final int FEWEST_IMAGES = 5;

  private final AnswerWriter writer;
  private final List<Path> arguments;
  private final Map<Path, Counts> counts = new TreeMap<>();

  /**
   * @param arguments files and folders, as typed
   */
  SummarizedAnswers(AnswerWriter writer, List<Path> arguments) {
    this.writer = writer;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  public void begin(Answer.Model model, List<Path> files) {
    writer.begin(model, files);
  }

  @Override
  public void write(Answer answer) {
    writer.write(answer);
    counts.computeIfAbsent(folder(answer.file()), folder -> new Counts()).add(answer);
  }

  /** The argument that led to this file; for a file that was named itself, its folder. */
  private Path folder(Path file) {
    var parent = file.getParent() == null ? Path.of(".") : file.getParent();
    return arguments.stream()
        .filter(argument -> !argument.equals(file) && file.startsWith(argument))
        .max(Comparator.comparingInt(Path::getNameCount))
        .orElse(parent);
  }

  /** A line per folder, and warnings. */
  void summary(Consumer<String> lines, Consumer<String> warnings) {
    counts.forEach((folder, c) -> lines.accept(folder + ": " + c.text()));
    counts.forEach(
        (folder, c) -> {
          if (c.isOfAnotherKind()) {
            warnings.accept(
                "warning: %s: %d of %d images are unlike any image of the training: check their magnification, field of view, colours and size"
                    .formatted(folder, c.unusual, c.answers.size()));
          }
        });
  }

  private static final class Counts {
    private final List<String> answers = new ArrayList<>();
    private int unusual;
    private int unknown;

    void add(Answer answer) {
      answers.add(answer.label());
      unusual += answer.unusual() ? 1 : 0;
      unknown += answer.unknown() ? 1 : 0;
    }

    boolean isOfAnotherKind() {
      return answers.size() >= FEWEST_IMAGES && unusual > MOST_UNUSUAL * answers.size();
    }

    String text() {
      var n = answers.size();
      var byLabel =
          answers.stream()
              .collect(Collectors.groupingBy(a -> a, TreeMap::new, Collectors.counting()));
      byLabel.remove("unknown");
      var known =
          byLabel.entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
              .map(label -> label.getKey() + " " + label.getValue())
              .collect(Collectors.joining(", "));
      return String.format(
          Locale.ROOT,
          "%,d image%s: %s%sunknown %d%s",
          n,
          n == 1 ? "" : "s",
          known,
          known.isEmpty() ? "" : ", ",
          unknown,
          unusual == 0 ? "" : " (of them unusual input: " + unusual + ")");
    }
  }
}

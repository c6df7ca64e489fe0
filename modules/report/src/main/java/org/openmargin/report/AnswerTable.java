package org.openmargin.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.scoring.Predictions;

/**
 * The confusion matrix at the threshold: a row for each known class and for each unknown class by
 * its true name, a column for each answer.
 */
@SuppressWarnings("ArrayRecordComponent") // one per image, read-only, never compared
record AnswerTable(Predictions test, boolean[] rejected) {

  String html() {
    int unknown = test.head().knownClasses();
    StringBuilder rows = new StringBuilder();
    for (int label = 0; label < unknown; label++) {
      rows.append(row(test.head().classNames().get(label), "", answersTo(label), label));
    }
    unknownClasses()
        .forEach((name, answers) -> rows.append(row(name, "unknown", answers, unknown)));
    List<String> headings =
        Stream.of(Stream.of("true class", "images"), answers(), Stream.of("right"))
            .flatMap(names -> names)
            .toList();
    return Markup.table(
        "Share of each true class (row) that was given each answer (column)",
        headings,
        rows.toString());
  }

  private Stream<String> answers() {
    return Stream.concat(test.head().classNames().stream(), Stream.of("unknown"));
  }

  private int[] answersTo(int label) {
    int[] answers = new int[test.head().knownClasses() + 1];
    IntStream.range(0, test.size())
        .filter(row -> test.truth().labels()[row] == label)
        .forEach(row -> answers[answer(row)]++);
    return answers;
  }

  private Map<String, int[]> unknownClasses() {
    Map<String, int[]> classes = new TreeMap<>();
    IntStream.range(0, test.size())
        .filter(row -> !test.truth().isKnown(row))
        .forEach(
            row ->
                classes
                    .computeIfAbsent(
                        test.truth().classNames().get(row),
                        name -> new int[test.head().knownClasses() + 1])[answer(row)]++);
    return new LinkedHashMap<>(classes);
  }

  private int answer(int row) {
    return rejected[row] ? test.head().knownClasses() : test.predictedClass(row);
  }

  private static String row(String name, String tag, int[] answers, int right) {
    int images = IntStream.of(answers).sum();
    StringBuilder cells = new StringBuilder();
    for (int answer = 0; answer < answers.length; answer++) {
      cells.append(cell(answers[answer], images, answer == right));
    }
    String badge = tag.isEmpty() ? "" : " <span class=\"tag\">" + Markup.text(tag) + "</span>";
    String share = images == 0 ? "\u2013" : Numbers.percent((double) answers[right] / images);
    return "<tr><th scope=\"row\">%s%s</th><td class=\"number\">%s</td>%s<td class=\"number total\">%s</td></tr>\n"
        .formatted(Markup.text(name), badge, Numbers.count(images), cells, share);
  }

  /** The deeper the colour, the larger the share; wrong answers have another colour. */
  private static String cell(int count, int images, boolean right) {
    double share = images == 0 ? 0 : (double) count / images;
    String strength = Numbers.pixel(count == 0 ? 0 : 0.06 + 0.5 * share);
    String words =
        count == 0
            ? "<span class=\"none\">0</span>"
            : Numbers.percent(share) + "<small>" + Numbers.count(count) + "</small>";
    return "<td class=\"cell %s\" style=\"--strength:%s\">%s</td>"
        .formatted(right ? "right" : "wrong", strength, words);
  }
}

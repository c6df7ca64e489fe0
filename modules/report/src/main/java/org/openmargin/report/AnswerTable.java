package org.openmargin.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openmargin.report.plot.Numbers;

/**
 * The confusion matrix at the threshold: one row per known class and per unknown class (by its true
 * name), one column per answer.
 *
 * @param knownClasses names of the columns; the last column is "unknown"
 */
record AnswerTable(List<String> knownClasses, List<TestAnswer> answers) {
  private static final int MOST_WIDE_COLUMNS = 10;

  /**
   * @param right column of the correct answer
   * @param cells by answer
   */
  record Row(String name, int right, List<Cell> cells, int images) {
    /** The answer "unknown" first, then the known classes. */
    List<Cell> unknownFirst() {
      var last = cells.size() - 1;
      return Stream.concat(Stream.of(cells.get(last)), cells.stream().limit(last)).toList();
    }

    String share() {
      return images == 0 ? "\u2013" : Numbers.percent(cells.get(right).share());
    }
  }

  /**
   * @param share of the row
   */
  record Cell(boolean right, int count, double share) {
    /** The larger the share, the deeper the colour. */
    String strength() {
      return "--strength:" + Numbers.pixel(count == 0 ? 0 : 0.06 + 0.5 * share);
    }
  }

  /** Whether there are so many columns that they need to be narrow. */
  boolean isWide() {
    return knownClasses.size() > MOST_WIDE_COLUMNS;
  }

  int unknown() {
    return knownClasses.size();
  }

  List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (var label = 0; label < unknown(); label++) {
      var known = label;
      rows.add(
          row(
              knownClasses.get(label),
              label,
              answers.stream().filter(a -> a.label() == known).toList()));
    }
    answers.stream()
        .filter(answer -> !answer.isKnown())
        .collect(Collectors.groupingBy(TestAnswer::trueClass, TreeMap::new, Collectors.toList()))
        .forEach((name, ofClass) -> rows.add(row(name, unknown(), ofClass)));
    return rows;
  }

  /** Rows of unknown classes, those accepted most often first. */
  List<Row> unknownWorstFirst() {
    return rows().stream()
        .filter(row -> row.right() == unknown())
        .sorted(Comparator.comparingDouble(row -> row.cells().get(unknown()).share()))
        .toList();
  }

  private Row row(String name, int right, List<TestAnswer> ofClass) {
    var counts = new int[unknown() + 1];
    ofClass.forEach(answer -> counts[answer.rejected() ? unknown() : answer.prediction()]++);
    var images = ofClass.size();
    var cells =
        IntStream.range(0, counts.length)
            .mapToObj(
                column ->
                    new Cell(
                        column == right,
                        counts[column],
                        images == 0 ? 0 : (double) counts[column] / images))
            .toList();
    return new Row(name, right, cells, images);
  }
}

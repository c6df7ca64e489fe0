package org.openmargin.report;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.scoring.Truth;

/** The first test images of every class. */
record ClassExamples(EvaluatedRun run) {
  private static final int MOST_OF_A_CLASS = 6;

  /** Images of a page together; with many classes there are fewer of each. */
  private static final int MOST = 96;

  /**
   * @param unknown whether it was not part of training
   * @param count its test images
   * @param first some of them
   */
  record Row(String name, boolean unknown, int count, List<TestAnswer> first) {}

  /**
   * Known classes in their order, then unknown ones; without classes beyond the first {@link
   * #MOST}.
   */
  List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (var row : new AnswerTable(run.evaluation().getKnownClassesList(), run.answers()).rows()) {
      rows.add(row(row.name(), row.right() == run.evaluation().getKnownClassesCount()));
    }
    return rows.stream().limit(MOST).toList();
  }

  private Row row(String name, boolean unknown) {
    var classes =
        run.evaluation().getKnownClassesCount() + run.evaluation().getUnknownClassesCount();
    var most = Math.max(1, Math.min(MOST_OF_A_CLASS, MOST / Math.max(1, classes)));
    var own =
        run.answers().stream()
            .filter(answer -> answer.trueClass().equals(name))
            .filter(answer -> (answer.label() == Truth.UNKNOWN) == unknown)
            .toList();
    return new Row(name, unknown, own.size(), own.stream().limit(most).toList());
  }
}

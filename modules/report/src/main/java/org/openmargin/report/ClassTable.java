package org.openmargin.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Figures of each class at the acceptance threshold, from the answers: precision, recall and F1 of
 * known classes and of "unknown" as a class, and how well each unknown class is told apart.
 */
record ClassTable(EvaluatedRun run) {

  /**
   * @param unknown whether it was not part of training
   * @param train images; -1 if not recorded
   * @param validation images; -1 if not recorded
   * @param precision right among the answers with this class; empty if there are none
   * @param recall answered right: for an unknown class, rejected
   * @param auroc of an unknown class
   */
  record Row(
      String name,
      boolean unknown,
      int train,
      int validation,
      int test,
      OptionalDouble precision,
      OptionalDouble recall,
      OptionalDouble f1,
      OptionalDouble auroc) {
    /** Whether it is one of the unknown classes, which are also counted together. */
    boolean part() {
      return unknown && precision.isEmpty() && f1.isEmpty();
    }
  }

  private AnswerTable answers() {
    return new AnswerTable(run.evaluation().getKnownClassesList(), run.answers());
  }

  /** Known classes, then all unknown ones together, then each of them. */
  List<Row> rows() {
    var table = answers().rows();
    var known = run.evaluation().getKnownClassesCount();
    var rows = new ArrayList<Row>();
    for (var label = 0; label < known; label++) {
      rows.add(known(table, label));
    }
    if (run.isOpen()) {
      rows.add(allUnknown(table, known));
      var areas = areas();
      table.stream()
          .filter(row -> row.right() == known)
          .forEach(row -> rows.add(unknown(row, areas)));
    }
    return rows;
  }

  private Row known(List<AnswerTable.Row> table, int label) {
    var row = table.get(label);
    var counts = run.evaluation().getCounts();
    var answered = answered(table, label);
    var right = row.cells().get(label).count();
    return new Row(
        row.name(),
        false,
        count(counts.getTrainByClassList(), label),
        count(counts.getValidationByClassList(), label),
        row.images(),
        share(right, answered),
        share(right, row.images()),
        share(2 * right, row.images() + answered),
        OptionalDouble.empty());
  }

  private Row allUnknown(List<AnswerTable.Row> table, int unknown) {
    var rows = table.stream().filter(row -> row.right() == unknown).toList();
    var images = rows.stream().mapToInt(AnswerTable.Row::images).sum();
    var right = rows.stream().mapToInt(row -> row.cells().get(unknown).count()).sum();
    var answered = answered(table, unknown);
    return new Row(
        "all unknown classes",
        true,
        0,
        0,
        images,
        share(right, answered),
        share(right, images),
        share(2 * right, images + answered),
        OptionalDouble.of(run.evaluation().getAuroc()));
  }

  private static Row unknown(AnswerTable.Row row, Map<String, Double> areas) {
    var empty = OptionalDouble.empty();
    var recall = share(row.cells().get(row.right()).count(), row.images());
    var area = areas.get(row.name());
    return new Row(
        row.name(),
        true,
        0,
        0,
        row.images(),
        empty,
        recall,
        empty,
        area == null ? empty : OptionalDouble.of(area));
  }

  private static int answered(List<AnswerTable.Row> table, int answer) {
    return table.stream().mapToInt(row -> row.cells().get(answer).count()).sum();
  }

  private static OptionalDouble share(int part, int whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }

  private static int count(List<Integer> counts, int label) {
    return label < counts.size() ? counts.get(label) : -1;
  }

  private Map<String, Double> areas() {
    var evaluation = run.evaluation();
    return run.scorers().stream()
        .filter(scorer -> scorer.name().equals(evaluation.getSelectedScorer()))
        .map(scorer -> scorer.aurocByUnknownClass(evaluation.getUnknownClassesList()))
        .findFirst()
        .orElseGet(Map::of);
  }
}

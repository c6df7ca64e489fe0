package org.openmargin.report;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The share of right answers per class in two runs, such as one at a higher resolution. Each run
 * decides at its own threshold.
 */
record ClassComparison(EvaluatedRun run, EvaluatedRun other) {

  /**
   * @throws ReportException if the runs know different classes, or were tested on different ones
   */
  ClassComparison {
    requireSame("known classes", run, other, r -> r.evaluation().getKnownClassesList());
    requireSame("unknown classes", run, other, r -> r.evaluation().getUnknownClassesList());
  }

  private static void requireSame(
      String what,
      EvaluatedRun run,
      EvaluatedRun other,
      Function<EvaluatedRun, List<String>> classes) {
    if (!List.copyOf(classes.apply(run)).equals(List.copyOf(classes.apply(other)))) {
      throw new ReportException(
          "%s and %s cannot be compared: their %s are %s and %s"
              .formatted(
                  run.files().folder(),
                  other.files().folder(),
                  what,
                  classes.apply(run),
                  classes.apply(other)));
    }
  }

  /**
   * @param here share of right answers: rejected, for an unknown class, else accepted and right
   * @param there the same of the other run
   */
  record Row(String name, boolean unknown, double here, double there) {
    double difference() {
      return there - here;
    }
  }

  /** Unknown classes, then known ones, each with the largest gain of the other run first. */
  List<Row> rows() {
    var here = rates(run);
    var there = rates(other);
    var unknown = run.evaluation().getUnknownClassesList();
    return here.keySet().stream()
        .filter(there::containsKey)
        .map(name -> new Row(name, unknown.contains(name), here.get(name), there.get(name)))
        .sorted(
            Comparator.comparing((Row row) -> !row.unknown())
                .thenComparing(Row::difference, Comparator.reverseOrder()))
        .toList();
  }

  private static TreeMap<String, Double> rates(EvaluatedRun run) {
    return run.answers().stream()
        .collect(
            Collectors.groupingBy(
                TestAnswer::trueClass,
                TreeMap::new,
                Collectors.averagingDouble(answer -> isRight(answer) ? 1 : 0)));
  }

  private static boolean isRight(TestAnswer answer) {
    return answer.isKnown() ? answer.isAcceptedAndRight() : answer.rejected();
  }
}

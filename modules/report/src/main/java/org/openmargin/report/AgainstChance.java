package org.openmargin.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.metric.Interval;
import org.openmargin.scoring.metric.Intervals;
import org.openmargin.scoring.metric.Metric;

/** Says which figures of an evaluation are not, or not surely, better than chance. */
final class AgainstChance {
  private static final double AUROC_OF_CHANCE = 0.5;

  private AgainstChance() {}

  /** One sentence per figure. */
  static List<String> warnings(OpenSetEvaluation evaluation) {
    var deciding = evaluation.selectedMetrics();
    var acc =
        warning(
            "ACC",
            OptionalDouble.of(evaluation.acc()),
            deciding.intervals().map(Intervals::acc),
            evaluation.closedSet().chance(),
            "the share of the most frequent known class");
    var auroc =
        warning(
            "AUROC",
            deciding.measured(Metric.AUROC),
            deciding.interval(Metric.AUROC),
            AUROC_OF_CHANCE,
            "known and unknown images get the same scores");
    return Stream.of(acc, auroc).flatMap(Optional::stream).toList();
  }

  private static Optional<String> warning(
      String name,
      OptionalDouble measured,
      Optional<Interval> interval,
      double chance,
      String meaning) {
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    var value = measured.getAsDouble();
    if (interval.map(Interval::low).orElse(value) > chance) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s %.4f is not %sbetter than chance, %.4f: %s",
            name,
            value,
            value > chance ? "surely " : "",
            chance,
            meaning));
  }
}

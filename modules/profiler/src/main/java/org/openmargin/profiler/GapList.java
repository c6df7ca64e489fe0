package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openmargin.profiler.Intervals.Interval;
import org.openmargin.profiler.Profile.Gap;

/** Keeps the longest times in which a device did nothing. */
final class GapList {
  private static final int KEPT = 10;

  private final List<Gap> gaps = new ArrayList<>();

  void add(StepWork work, List<Interval> free) {
    free.stream()
        .sorted(Comparator.comparingLong(Interval::length).reversed())
        .limit(KEPT)
        .forEach(gap -> gaps.add(gap(work, gap)));
  }

  private static Gap gap(StepWork work, Interval gap) {
    var after = work.spans().stream().filter(span -> span.end() <= gap.begin());
    var before = work.spans().stream().filter(span -> span.begin() >= gap.end());
    return new Gap(
        work.number(),
        gap.length() / ProfileAnalysis.NANOS_PER_MILLI,
        after.max(Comparator.comparingLong(Span::end)).map(Span::node).orElse(""),
        before.min(Comparator.comparingLong(Span::begin)).map(Span::node).orElse(""));
  }

  List<Gap> longest() {
    return gaps.stream()
        .sorted(Comparator.comparingDouble(Gap::millis).reversed())
        .limit(KEPT)
        .toList();
  }
}

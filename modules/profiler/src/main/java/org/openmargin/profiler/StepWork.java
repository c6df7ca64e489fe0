package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openmargin.profiler.Intervals.Interval;

/**
 * What was done in one step.
 *
 * @param number of the step
 * @param begin nanoseconds since 1970 when TensorFlow was called
 * @param spans what is counted
 */
record StepWork(long number, long begin, List<Span> spans) {

  /** They only wait for something that is counted elsewhere. */
  private static final Set<String> WAITS = Set.of("_Recv", "_HostRecv");

  /** They only call operations that are counted themselves. */
  private static final Set<String> CALLS =
      Set.of(
          "PartitionedCall",
          "StatefulPartitionedCall",
          "While",
          "StatelessWhile",
          "If",
          "StatelessIf",
          "Case",
          "StatelessCase");

  static StepWork of(ProfiledSteps.Step step, Collection<Span> spans) {
    return new StepWork(
        step.number(),
        step.runBegin(),
        spans.stream().filter(span -> span.source().counted()).toList());
  }

  /** The part of it that one device did. */
  StepWork on(String device) {
    return new StepWork(
        number, begin, spans.stream().filter(s -> s.source().device().equals(device)).toList());
  }

  /** The part of it that threads of the CPU did. */
  StepWork onHost() {
    return new StepWork(number, begin, spans.stream().filter(s -> s.source().onHost()).toList());
  }

  /** From the first operation to the last; empty if none was reported. */
  Optional<Interval> window() {
    var first = spans.stream().mapToLong(Span::begin).min();
    var last = spans.stream().mapToLong(Span::end).max();
    return first.isPresent()
        ? Optional.of(new Interval(first.getAsLong(), last.getAsLong()))
        : Optional.empty();
  }

  /** When at least one operation did its own work. */
  Intervals active() {
    return Intervals.of(spans.stream().filter(StepWork::works).toList());
  }

  private static boolean works(Span span) {
    return !WAITS.contains(span.type()) && !CALLS.contains(span.type());
  }

  /** An operation and its own time, without the operations that it called. */
  record Own(Span span, long nanos) {}

  /** Own times of all operations, in the order of {@link #spans}. */
  List<Own> own() {
    var owns = new ArrayList<Own>(spans.size());
    var active = active();
    for (var span : spans) {
      owns.add(new Own(span, ownNanos(span, active)));
    }
    return owns;
  }

  private long ownNanos(Span span, Intervals active) {
    if (WAITS.contains(span.type())) {
      return 0;
    }
    var window = new Interval(span.begin(), span.end());
    if (CALLS.contains(span.type())) {
      return span.nanos() - active.totalWithin(window);
    }
    return span.nanos() - Intervals.of(nested(span)).totalWithin(window);
  }

  /** What the same thread did meanwhile. */
  private List<Span> nested(Span span) {
    if (span.thread() == 0 || !span.source().onHost()) {
      return List.of();
    }
    return spans.stream()
        .filter(other -> other.thread() == span.thread() && other.nanos() < span.nanos())
        .filter(other -> other.begin() >= span.begin() && other.end() <= span.end())
        .toList();
  }
}

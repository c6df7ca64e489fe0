package org.openmargin.profiler;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openmargin.profiler.Profile.DeviceUse;
import org.openmargin.profiler.Profile.DeviceWork;
import org.openmargin.profiler.Profile.GroupTime;
import org.openmargin.profiler.Profile.OperationTime;
import org.openmargin.profiler.Profile.Phase;
import org.openmargin.profiler.Profile.PhaseTimes;

/** Adds up the times of one device's operations: by node, by type and by layer. */
final class DeviceTimes {
  static final double NANOS_PER_MILLI = 1e6;

  private final int steps;
  private final List<Span> calls = new ArrayList<>();
  private long active;
  private long idle;

  DeviceTimes(int steps) {
    this.steps = steps;
  }

  /** One step; it begins with the first operation on any device and ends with the last. */
  void add(List<Span> spans, long begin, long end) {
    calls.addAll(spans);
    var worked = activeNanos(spans, begin);
    active += worked;
    idle += end - begin - worked;
  }

  /** Time during which at least one operation was running. */
  static long activeNanos(List<Span> spans, long begin) {
    var active = 0L;
    var reached = begin;
    for (var span : spans.stream().sorted(Comparator.comparingLong(Span::begin)).toList()) {
      if (!span.waits() && span.end() > reached) {
        active += span.end() - Math.max(span.begin(), reached);
        reached = span.end();
      }
    }
    return active;
  }

  DeviceWork work(String device) {
    var busy = perStep(calls);
    var byNode = grouped(calls, span -> List.of(span.node(), span.type()));
    var operations =
        byNode.values().stream()
            .map(ofNode -> operation(ofNode, busy))
            .sorted(Comparator.comparingDouble(OperationTime::millis).reversed())
            .toList();
    return new DeviceWork(
        device,
        new DeviceUse(busy, perStep(active), perStep(idle)),
        operations,
        groups(operations, OperationTime::type),
        groups(operations, OperationTime::layer));
  }

  private static <K, T> Map<K, List<T>> grouped(List<T> all, Function<T, K> by) {
    return all.stream().collect(groupingBy(by, LinkedHashMap::new, Collectors.toList()));
  }

  private double perStep(List<Span> spans) {
    return perStep(spans.stream().mapToLong(Span::nanos).sum());
  }

  private double perStep(long nanos) {
    return nanos / NANOS_PER_MILLI / steps;
  }

  private OperationTime operation(List<Span> ofNode, double busy) {
    var node = ofNode.get(0);
    var millis = perStep(ofNode);
    return new OperationTime(
        node.node(),
        node.type(),
        node.place().phase(),
        node.place().layer(),
        (double) ofNode.size() / steps,
        millis,
        busy > 0 ? millis / busy : 0);
  }

  private static List<GroupTime> groups(
      List<OperationTime> operations, Function<OperationTime, String> by) {
    return grouped(operations, by).entrySet().stream()
        .map(entry -> group(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingDouble(GroupTime::millis).reversed())
        .toList();
  }

  private static GroupTime group(String name, List<OperationTime> members) {
    var byPhase =
        members.stream()
            .collect(groupingBy(OperationTime::phase, summingDouble(OperationTime::millis)));
    return new GroupTime(
        name,
        members.stream().mapToDouble(OperationTime::callsPerStep).sum(),
        members.stream().mapToDouble(OperationTime::millis).sum(),
        new PhaseTimes(
            byPhase.getOrDefault(Phase.FORWARD, 0.0),
            byPhase.getOrDefault(Phase.BACKWARD, 0.0),
            byPhase.getOrDefault(Phase.UPDATE, 0.0)),
        members.stream().mapToDouble(OperationTime::share).sum());
  }
}

package org.openmargin.profiler;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.openmargin.profiler.GraphLayers.Place;
import org.openmargin.profiler.Profile.GroupTime;
import org.openmargin.profiler.Profile.OperationTime;
import org.openmargin.profiler.Profile.Phase;
import org.openmargin.profiler.Profile.PhaseTimes;

/** Adds up the own times of one device's operations, by node, by type and by layer. */
final class WorkTable {
  private final Map<String, Place> places;
  private final int steps;
  private final Map<Operation, Sum> sums = new LinkedHashMap<>();

  private record Operation(String name, String type) {}

  private record Sum(long calls, long nanos) {
    Sum plus(Sum other) {
      return new Sum(calls + other.calls, nanos + other.nanos);
    }
  }

  WorkTable(Map<String, Place> places, int steps) {
    this.places = places;
    this.steps = steps;
  }

  void add(StepWork.Own own) {
    var operation = new Operation(own.span().node(), own.span().type());
    sums.merge(operation, new Sum(1, own.nanos()), Sum::plus);
  }

  /** Times of all operations, per step. */
  double millis() {
    return millis(sums.values().stream().mapToLong(Sum::nanos).sum());
  }

  List<OperationTime> operations() {
    return sums.entrySet().stream()
        .map(entry -> operation(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingDouble(OperationTime::millis).reversed())
        .toList();
  }

  private OperationTime operation(Operation operation, Sum sum) {
    var place =
        places.getOrDefault(operation.name(), new Place("", Phase.UNKNOWN, operation.type()));
    return new OperationTime(
        operation.name(),
        operation.type(),
        place.phase(),
        place.layer(),
        (double) sum.calls() / steps,
        millis(sum.nanos()),
        share(millis(sum.nanos())));
  }

  private double millis(long nanos) {
    return nanos / ProfileAnalysis.NANOS_PER_MILLI / steps;
  }

  private double share(double millis) {
    var all = millis();
    return all > 0 ? millis / all : 0;
  }

  List<GroupTime> types() {
    return groups(OperationTime::type);
  }

  List<GroupTime> layers() {
    return groups(OperationTime::layer);
  }

  private List<GroupTime> groups(Function<OperationTime, String> by) {
    var groups = new LinkedHashMap<String, java.util.ArrayList<OperationTime>>();
    operations()
        .forEach(o -> groups.computeIfAbsent(by.apply(o), k -> new java.util.ArrayList<>()).add(o));
    return groups.entrySet().stream()
        .map(entry -> group(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingDouble(GroupTime::millis).reversed())
        .toList();
  }

  private GroupTime group(String name, Collection<OperationTime> operations) {
    var calls = 0.0;
    var byPhase = new EnumMap<Phase, Double>(Phase.class);
    for (var operation : operations) {
      calls += operation.callsPerStep();
      byPhase.merge(operation.phase(), operation.millis(), Double::sum);
    }
    var millis = byPhase.values().stream().mapToDouble(Double::doubleValue).sum();
    var phases =
        new PhaseTimes(
            byPhase.getOrDefault(Phase.FORWARD, 0.0),
            byPhase.getOrDefault(Phase.BACKWARD, 0.0),
            byPhase.getOrDefault(Phase.UPDATE, 0.0));
    return new GroupTime(name, calls, millis, phases, share(millis));
  }
}

package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tensorflow.proto.AllocationRecord;
import org.tensorflow.proto.AllocatorMemoryUsed;
import org.tensorflow.proto.StepStats;

/** What tensors took in memory, from the allocations that TensorFlow reports. */
final class StepMemory {
  private static final double MIB = 1 << 20;

  private StepMemory() {}

  /** Largest values of all steps, by allocator. */
  static List<Profile.AllocatorUse> of(List<StepStats> steps) {
    var peaks = new TreeMap<String, Long>();
    var inUse = new TreeMap<String, Long>();
    for (var step : steps) {
      var allocations = new TreeMap<String, List<AllocationRecord>>();
      for (var used : used(step)) {
        allocations
            .computeIfAbsent(used.getAllocatorName(), name -> new ArrayList<>())
            .addAll(used.getAllocationRecordsList());
        inUse.merge(used.getAllocatorName(), used.getAllocatorBytesInUse(), Math::max);
      }
      allocations.forEach((name, records) -> peaks.merge(name, peak(records), Math::max));
    }
    return new TreeSet<>(peaks.keySet())
        .stream()
            .map(n -> new Profile.AllocatorUse(n, peaks.get(n) / MIB, inUse.get(n) / MIB))
            .toList();
  }

  private static List<AllocatorMemoryUsed> used(StepStats step) {
    return step.getDevStatsList().stream()
        .flatMap(device -> device.getNodeStatsList().stream())
        .flatMap(node -> node.getMemoryList().stream())
        .toList();
  }

  /** Within a microsecond memory is taken to be freed before it is allocated. */
  private static long peak(List<AllocationRecord> records) {
    var live = 0L;
    var peak = 0L;
    var inOrder =
        records.stream()
            .sorted(
                Comparator.comparingLong(AllocationRecord::getAllocMicros)
                    .thenComparingLong(AllocationRecord::getAllocBytes))
            .toList();
    for (var allocation : inOrder) {
      live += allocation.getAllocBytes();
      peak = Math.max(peak, live);
    }
    return peak;
  }
}

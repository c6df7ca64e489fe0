package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.profiler.Intervals.Interval;
import org.openmargin.profiler.Profile.DeviceWork;

/** Turns the statistics of traced steps into a profile. */
final class ProfileAnalysis {
  static final double NANOS_PER_MILLI = 1e6;

  private final ProfiledSteps traced;
  private final Map<String, GraphLayers.Place> places;
  private final List<StepWork> steps = new ArrayList<>();

  ProfileAnalysis(ProfiledSteps traced) {
    this.traced = traced;
    this.places = GraphLayers.of(traced.graphs());
    for (var step : traced.steps()) {
      var work = StepWork.of(step, step.spans(places));
      if (work.window().isPresent()) {
        steps.add(work);
      }
    }
  }

  Profile profile() {
    var devices = devices();
    return new Profile(
        traced.pace(),
        window(),
        devices,
        PlacementCheck.of(traced.graphs(), millisOnCpu(devices)),
        StepMemory.of(
            traced.steps().stream()
                .flatMap(step -> step.runs().stream())
                .map(ProfiledSteps.Run::stats)
                .toList()),
        remarks(devices));
  }

  private Profile.Window window() {
    var start = 0L;
    var operations = 0L;
    var hostIdle = 0L;
    for (var step : steps) {
      var window = step.window().orElseThrow();
      start += window.begin() - step.begin();
      operations += window.length();
      hostIdle += window.length() - step.onHost().active().totalWithin(window);
    }
    return new Profile.Window(perStep(start), perStep(operations), perStep(hostIdle));
  }

  private double perStep(long nanos) {
    return nanos / NANOS_PER_MILLI / Math.max(1, steps.size());
  }

  /** GPUs, then CPUs, then the launching of kernels. */
  private List<DeviceWork> devices() {
    return steps.stream()
        .flatMap(step -> step.spans().stream())
        .map(span -> span.source().device())
        .distinct()
        .sorted(
            Comparator.comparing((String device) -> device.endsWith(" launch"))
                .thenComparing(device -> !device.startsWith("GPU"))
                .thenComparing(Comparator.naturalOrder()))
        .map(this::device)
        .toList();
  }

  private DeviceWork device(String device) {
    var table = new WorkTable(places, steps.size());
    var gaps = new GapList();
    var active = 0L;
    var idle = 0L;
    for (var step : steps) {
      var work = step.on(device);
      var window = step.window().orElseThrow();
      work.own().forEach(table::add);
      var busy = work.active();
      active += busy.totalWithin(window);
      idle += busy.gaps(window).stream().mapToLong(Interval::length).sum();
      gaps.add(work, busy.gaps(window));
    }
    var use = new Profile.DeviceUse(table.millis(), perStep(active), perStep(idle));
    return new DeviceWork(
        device, use, table.operations(), table.types(), table.layers(), gaps.longest());
  }

  private static Map<String, Double> millisOnCpu(List<DeviceWork> devices) {
    var millis = new HashMap<String, Double>();
    devices.stream()
        .filter(work -> work.device().startsWith("CPU"))
        .flatMap(work -> work.operations().stream())
        .forEach(operation -> millis.merge(operation.name(), operation.millis(), Double::sum));
    return millis;
  }

  private List<String> remarks(List<DeviceWork> devices) {
    var remarks = new ArrayList<String>();
    if (steps.size() < traced.steps().size()) {
      remarks.add(
          "TensorFlow reported nothing of %d traced steps"
              .formatted(traced.steps().size() - steps.size()));
    }
    for (var work : devices) {
      var gpu = work.device().replace(" launch", "");
      if (!gpu.equals(work.device())) {
        remarks.add(
            devices.stream().anyMatch(other -> other.device().equals(gpu))
                ? "TensorFlow gives times of " + gpu + " in whole microseconds, rounded down"
                : "TensorFlow did not time the kernels of "
                    + gpu
                    + ": it needs libcupti.so.12, and the driver's permission to profile");
      }
    }
    return List.copyOf(remarks);
  }
}

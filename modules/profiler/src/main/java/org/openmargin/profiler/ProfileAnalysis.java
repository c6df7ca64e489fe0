package org.openmargin.profiler;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.openmargin.profiler.Profile.DeviceWork;
import org.openmargin.profiler.Profile.OperationTime;

/** Turns the statistics of traced steps into a profile. */
final class ProfileAnalysis {
  private static final String LAUNCH = " launch";

  private final ProfiledSteps traced;
  private final List<Work> steps;

  /** The counted spans of one step; TensorFlow was called at {@code called}, ns since 1970. */
  private record Work(long called, List<Span> spans) {
    long begin() {
      return spans.stream().mapToLong(Span::begin).min().orElseThrow();
    }

    long end() {
      return spans.stream().mapToLong(Span::end).max().orElseThrow();
    }

    List<Span> on(String device) {
      return spans.stream().filter(span -> span.source().device().equals(device)).toList();
    }

    long hostIdle() {
      var host = spans.stream().filter(span -> span.source().onHost()).toList();
      return end() - begin() - DeviceTimes.activeNanos(host, begin());
    }
  }

  ProfileAnalysis(ProfiledSteps traced) {
    this.traced = traced;
    var places = GraphLayers.of(traced.graphs());
    this.steps =
        traced.steps().stream()
            .map(step -> new Work(step.runBegin(), counted(step.spans(places))))
            .filter(work -> !work.spans().isEmpty())
            .toList();
  }

  private static List<Span> counted(List<Span> spans) {
    return spans.stream().filter(span -> span.source().counted()).toList();
  }

  Profile profile() {
    var devices = devices();
    var millisOnCpu =
        devices.stream()
            .filter(work -> work.device().startsWith("CPU"))
            .flatMap(work -> work.operations().stream())
            .collect(groupingBy(OperationTime::name, summingDouble(OperationTime::millis)));
    var window =
        new Profile.Window(
            perStep(work -> work.begin() - work.called()),
            perStep(work -> work.end() - work.begin()),
            perStep(Work::hostIdle));
    return new Profile(
        traced.pace(),
        window,
        devices,
        PlacementCheck.of(traced.graphs(), millisOnCpu),
        remarks(devices.stream().map(DeviceWork::device).toList()));
  }

  private double perStep(ToLongFunction<Work> nanos) {
    return steps.stream().mapToLong(nanos).average().orElse(0) / DeviceTimes.NANOS_PER_MILLI;
  }

  /** GPUs, then CPUs, then kernel launches. */
  private List<DeviceWork> devices() {
    return steps.stream()
        .flatMap(step -> step.spans().stream())
        .map(span -> span.source().device())
        .distinct()
        .sorted(
            Comparator.comparing((String device) -> device.endsWith(LAUNCH))
                .thenComparing(device -> !device.startsWith("GPU"))
                .thenComparing(Comparator.naturalOrder()))
        .map(this::device)
        .toList();
  }

  private DeviceWork device(String device) {
    var times = new DeviceTimes(steps.size());
    steps.forEach(step -> times.add(step.on(device), step.begin(), step.end()));
    return times.work(device);
  }

  private List<String> remarks(List<String> devices) {
    var remarks = new ArrayList<String>();
    if (steps.size() < traced.steps().size()) {
      remarks.add(
          "TensorFlow reported nothing about %d traced steps"
              .formatted(traced.steps().size() - steps.size()));
    }
    for (var device : devices) {
      if (device.endsWith(LAUNCH)) {
        var gpu = device.replace(LAUNCH, "");
        remarks.add(
            devices.contains(gpu)
                ? "times of " + gpu + " are whole microseconds, rounded down by TensorFlow"
                : "no kernel times of "
                    + gpu
                    + ": TensorFlow needs libcupti.so.12 and the driver's permission to profile");
      }
    }
    return List.copyOf(remarks);
  }
}

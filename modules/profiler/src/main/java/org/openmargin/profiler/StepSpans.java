package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.openmargin.profiler.GraphLayers.Place;
import org.openmargin.profiler.Profile.Phase;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.StepStats;

/**
 * Reads from TensorFlow's statistics of one run which operation ran when, and where. GPU times may
 * count from the start of the tracer; they are shifted to the CPU's clock.
 */
final class StepSpans {
  private static final Pattern LABEL = Pattern.compile(" = (\\w+)\\(");

  /** GPU kernels are named after the operation that launched them. */
  private static final Pattern KERNEL = Pattern.compile("([\\w.][\\w.\\-/]*):(\\w+)");

  /** Start and end of every graph; not operations. */
  private static final Set<String> ENDS = Set.of("_SOURCE", "_SINK");

  private static final long NANOS_PER_MICRO = 1000;
  private static final long AN_HOUR = 3_600_000_000_000L;

  private final Map<String, Place> places;
  private final List<Span> host = new ArrayList<>();
  private final List<Span> device = new ArrayList<>();
  private final List<Long> enqueued = new ArrayList<>();

  private StepSpans(Map<String, Place> places) {
    this.places = places;
  }

  /** Spans of one run that was called at {@code runBegin}, nanoseconds since 1970. */
  static List<Span> of(StepStats stats, Map<String, Place> places, long runBegin) {
    var spans = new StepSpans(places);
    stats.getDevStatsList().forEach(spans::add);
    var all = new ArrayList<>(spans.host);
    var shift = spans.shift(runBegin);
    spans.device.forEach(span -> all.add(span.shifted(shift)));
    return List.copyOf(all);
  }

  private void add(DeviceStepStats stats) {
    Span.Source.of(stats.getDevice()).ifPresent(source -> add(stats, source));
  }

  private void add(DeviceStepStats stats, Span.Source source) {
    for (var node : stats.getNodeStatsList()) {
      if (ENDS.contains(node.getNodeName())) {
        continue;
      }
      if (source.onHost()) {
        host.add(span(node, source));
      } else {
        device.add(span(node, source));
        enqueued.add(node.getScheduledMicros() * NANOS_PER_MICRO);
      }
    }
  }

  private Span span(NodeExecStats stats, Span.Source source) {
    var kernel = KERNEL.matcher(stats.getNodeName());
    var launched = kernel.matches();
    var name = launched ? kernel.group(1) : stats.getNodeName();
    var known = places.getOrDefault(name, new Place("", Phase.UNKNOWN, ""));
    var type = launched ? kernel.group(2) : type(known, stats.getTimelineLabel());
    var place = new Place(known.layer(), known.phase(), type);
    var nanos = stats.getAllStartNanos() > 0;
    var start = nanos ? stats.getAllStartNanos() : stats.getAllStartMicros() * NANOS_PER_MICRO;
    var begin = nanos ? stats.getOpStartRelNanos() : stats.getOpStartRelMicros() * NANOS_PER_MICRO;
    var end = nanos ? stats.getOpEndRelNanos() : stats.getOpEndRelMicros() * NANOS_PER_MICRO;
    return new Span(name, place, source, start + begin, start + end);
  }

  private static String type(Place known, String label) {
    if (!known.type().isEmpty()) {
      return known.type();
    }
    var matcher = LABEL.matcher(label);
    return matcher.find() ? matcher.group(1) : "(none)";
  }

  /**
   * How far the GPU's clock is behind: no kernel is enqueued before the operation that launches it
   * begins. Without such pairs the tracer is assumed to have started with the run.
   */
  private long shift(long runBegin) {
    var first = device.stream().mapToLong(Span::begin).min().orElse(runBegin);
    if (Math.abs(first - runBegin) < AN_HOUR) {
      return 0;
    }
    var launches = new HashMap<String, Long>();
    host.forEach(span -> launches.putIfAbsent(span.node(), span.begin()));
    var shift = Long.MIN_VALUE;
    for (var i = 0; i < device.size(); i++) {
      var launch = launches.get(device.get(i).node());
      if (launch != null && enqueued.get(i) > 0) {
        shift = Math.max(shift, launch - enqueued.get(i));
      }
    }
    return shift == Long.MIN_VALUE ? runBegin : shift;
  }
}

package org.openmargin.profiler;

import java.util.Optional;
import java.util.Set;

/** One operation that TensorFlow ran in a step; times are nanoseconds since 1970. */
record Span(String node, GraphLayers.Place place, Source source, long begin, long end) {
  /** These only wait for work that is counted elsewhere. */
  private static final Set<String> WAITS = Set.of("_Recv", "_HostRecv");

  /**
   * A device as TensorFlow reports it.
   *
   * @param device such as {@code CPU:0}, {@code GPU:0}, or {@code GPU:0 launch}: the CPU threads
   *     that launch the GPU's kernels
   * @param row such as {@code stream 13}; empty for CPU threads
   * @param counted whether its times count towards the totals
   */
  record Source(String device, String row, boolean counted) {
    private static final String DEVICE = "/device:";

    /**
     * Empty for summaries of other rows: a GPU's work is reported per stream and for all streams.
     *
     * @param name such as {@code /job:localhost/replica:0/task:0/device:CPU:0} or {@code
     *     /device:GPU:0/stream:all}
     */
    static Optional<Source> of(String name) {
      var at = name.indexOf(DEVICE);
      if (at < 0) {
        return Optional.of(new Source(name, "", false));
      }
      var rest = name.substring(at + DEVICE.length());
      if (at > 0) {
        var device = rest.startsWith("CPU") ? rest : rest + " launch";
        return Optional.of(new Source(device, "", true));
      }
      var parts = (rest + "/").split("/", 3);
      return switch (parts[1]) {
        case "stream:all", "memcpy" -> Optional.empty();
        case "stream:", "" -> Optional.of(new Source(parts[0], "other", true));
        case "sync" -> Optional.of(new Source(parts[0], "waits of the CPU", false));
        default -> Optional.of(new Source(parts[0], parts[1].replace(':', ' '), true));
      };
    }

    /** Whether CPU threads do the work. */
    boolean onHost() {
      return row.isEmpty() && (device.startsWith("CPU") || device.endsWith(" launch"));
    }
  }

  String type() {
    return place.type();
  }

  boolean waits() {
    return WAITS.contains(type());
  }

  /** Working time; 0 for waits. */
  long nanos() {
    return waits() ? 0 : end - begin;
  }

  Span shifted(long by) {
    return new Span(node, place, source, begin + by, end + by);
  }
}

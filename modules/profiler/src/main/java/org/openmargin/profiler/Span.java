package org.openmargin.profiler;

/**
 * Something that TensorFlow did in a step.
 *
 * @param node name of the operation's node
 * @param type of the operation, such as {@code Conv2D}
 * @param source who did it
 * @param thread the thread that did it; 0 where TensorFlow does not tell
 * @param begin nanoseconds since 1970
 * @param end nanoseconds since 1970
 */
record Span(String node, String type, Source source, long thread, long begin, long end) {

  /**
   * A device as TensorFlow reports it. What a GPU does is reported twice, by stream and for all
   * streams at once: the one is for looking at, the other for adding up.
   *
   * @param device such as {@code CPU:0}, {@code GPU:0}, or {@code GPU:0 launch}: the threads of the
   *     CPU that start the GPU's kernels
   * @param row of the device, such as {@code stream 13}; empty for threads of the CPU
   * @param counted whether its times are added up
   * @param shown whether it is a row of the timeline
   */
  record Source(String device, String row, boolean counted, boolean shown) {
    private static final String DEVICE = "/device:";

    /**
     * @param name such as {@code /job:localhost/replica:0/task:0/device:CPU:0} or {@code
     *     /device:GPU:0/stream:all}
     */
    static Source of(String name) {
      var at = name.indexOf(DEVICE);
      if (at < 0) {
        return new Source(name, "", false, true);
      }
      var rest = name.substring(at + DEVICE.length());
      if (at > 0) {
        return new Source(rest.startsWith("CPU") ? rest : rest + " launch", "", true, true);
      }
      var slash = rest.indexOf('/');
      var device = slash < 0 ? rest : rest.substring(0, slash);
      return switch (slash < 0 ? "" : rest.substring(slash + 1)) {
        case "stream:all", "memcpy" -> new Source(device, "", true, false);
        // What is neither kernel nor copy, such as filling memory, is in no other row.
        case "stream:", "" -> new Source(device, "other", true, true);
        case "sync" -> new Source(device, "waits of the CPU", false, true);
        default -> new Source(device, rest.substring(slash + 1).replace(':', ' '), false, true);
      };
    }

    /** Whether threads of the CPU do it. */
    boolean onHost() {
      return row.isEmpty() && (device.startsWith("CPU") || device.endsWith(" launch"));
    }
  }

  long nanos() {
    return end - begin;
  }

  Span shifted(long by) {
    return new Span(node, type, source, thread, begin + by, end + by);
  }
}

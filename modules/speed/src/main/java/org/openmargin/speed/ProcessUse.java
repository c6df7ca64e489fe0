package org.openmargin.speed;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used so far. */
public final class ProcessUse {
  private ProcessUse() {}

  /** Processor time of all cores; hardly affected by load from other programs. */
  public static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /**
   * Seconds from the start of the JVM to a moment.
   *
   * @param millis of {@link System#currentTimeMillis}
   */
  static double secondsUntil(long millis) {
    return (millis - ManagementFactory.getRuntimeMXBean().getStartTime()) * 1e-3;
  }

  /** Highest resident memory, MiB; 0 if the system does not report it. */
  static long peakMemory() {
    return status("VmHWM:");
  }

  /** Resident memory now, MiB; 0 if the system does not report it. */
  static long residentMemory() {
    return status("VmRSS:");
  }

  private static long status(String field) {
    var status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.openmargin.cluster;

import java.util.regex.Pattern;

/** Cores of a master that is this machine: {@code local}, {@code local[4]}, {@code local[*]}. */
record LocalCores(String master) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d{1,6}|\\*)(?:,\\d+)?])?");

  /**
   * @throws ClusterException if a task would wait for ever
   */
  void require(int cpus) {
    var local = LOCAL.matcher(master);
    if (local.matches()) {
      var cores = cores(local.group(1));
      if (cores < cpus) {
        throw new ClusterException(
            "%s has %s, and a trial is to have %d: --cluster cpus=%d, or cluster { cpus: %d } in the plan"
                .formatted(master, cores == 1 ? "1 core" : cores + " cores", cpus, cores, cores));
      }
    }
  }

  private static int cores(String number) {
    if ("*".equals(number)) {
      return Runtime.getRuntime().availableProcessors();
    }
    return number == null ? 1 : Integer.parseInt(number);
  }
}

package org.openmargin.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * What trials need, as settings of Spark: an executor for each that runs, with the cores of one. A
 * trial is a process beside the executor, so its memory is none of the executor's heap.
 *
 * @see <a href="https://spark.apache.org/docs/latest/configuration.html">Configuration</a>
 */
record SparkSettings(TrialArray array, String master) {
  private static final String STANDALONE = "spark://";

  /** The plan's own come last, so that they win. */
  List<String> all() {
    var needs = array.needs();
    var cpus = needs.getCpus();
    var executors = atOnce();
    var settings = new ArrayList<String>();
    settings.add("spark.log.level=WARN");
    settings.add("spark.speculation=false");
    settings.add("spark.task.cpus=" + cpus);
    settings.add("spark.executor.cores=" + cpus);
    settings.add("spark.executor.instances=" + executors);
    settings.add("spark.cores.max=" + (long) executors * cpus);
    if (master.startsWith(STANDALONE)) {
      // Its workers count the heap alone, of which little is used.
      settings.add("spark.executor.memory=%dm".formatted(Math.max(512, needs.getMemoryMib())));
    } else {
      settings.add("spark.executor.memory=512m");
      settings.add("spark.executor.memoryOverhead=%dm".formatted(needs.getMemoryMib()));
    }
    if (needs.getGpus() > 0) {
      settings.add("spark.executor.resource.gpu.amount=" + needs.getGpus());
      settings.add("spark.executor.resource.gpu.vendor=nvidia.com");
      settings.add("spark.task.resource.gpu.amount=" + needs.getGpus());
    }
    settings.addAll(needs.getSpark().getSettingsList());
    return settings;
  }

  private int atOnce() {
    var parallel = array.needs().getParallel();
    var trials = array.trials().size();
    return parallel == 0 ? trials : Math.min(parallel, trials);
  }
}

package org.openmargin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.text.ConfigException;

class SparkTrialsTest {
  private static final SparkTrials.Program SPARK =
      new SparkTrials.Program("/opt/spark 4/bin/spark-submit", "file:/jars/app.jar");

  @TempDir private Path folder;

  private SparkTrials trials(String master, String... settings) throws IOException {
    return new SparkTrials(Examples.array(folder, settings), master, folder.resolve("logs"), SPARK);
  }

  private List<String> settings(String master, String... settings) throws IOException {
    var words = text(trials(master, settings)).split(" file:", -1)[0];
    return List.of(words.split(" --conf ", -1));
  }

  private static String text(SparkTrials trials) {
    assertThat(trials.files()).hasSize(1);
    return trials.files().get(0).text();
  }

  @Test
  void theScriptStartsTheApplicationWithTheCommandOfTrials() throws IOException {
    var script = text(trials("local[8]", "parallel=2", "retries=5", "grace_seconds=60"));
    assertThat(script)
        .startsWith("#!/bin/bash\n")
        .contains(
            "\nexec '/opt/spark 4/bin/spark-submit' --master 'local[8]' --name 'openmargin two-by-two' --class org.openmargin.spark.trial.TrialJob --conf ")
        .endsWith(
            " file:/jars/app.jar --trials 0-2,5 --parallel 2 --retries 5 --grace 60 --folder %s --logs %s -- openmargin benchmark run %s/plan.textproto --set 'loss.softmax={}' --results '%s/my results' --index\n"
                .formatted(folder, folder.resolve("logs"), folder, folder));
  }

  @Test
  void anExecutorRunsOneTrial() throws IOException {
    assertThat(settings("yarn", "memory_mib=1024"))
        .contains("spark.task.cpus=3", "spark.executor.cores=3", "spark.executor.instances=4")
        .contains("spark.executor.memory=512m", "spark.executor.memoryOverhead=1024m");
    assertThat(settings("spark://host:7077", "parallel=2", "memory_mib=1024"))
        .contains("spark.cores.max=6", "spark.executor.memory=1024m")
        .noneMatch(setting -> setting.contains("Overhead"));
    assertThat(settings("k8s://host", "gpus=1"))
        .contains("spark.task.resource.gpu.amount=1", "spark.executor.resource.gpu.amount=1");
  }

  @Test
  void thePlansOwnSettingsWin() throws IOException {
    var settings = settings("yarn", "spark.settings=[\"spark.executor.memory=1g\"]");
    assertThat(settings.indexOf("spark.executor.memory=512m")).isNotNegative();
    assertThat(settings.get(settings.size() - 1)).isEqualTo("spark.executor.memory=1g");
    assertThatThrownBy(() -> settings("yarn", "spark.settings=[\"--master x\"]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("then '=' and a value");
  }

  @Test
  void aTrialThatWouldWaitForEverIsRefused() throws IOException {
    assertThatThrownBy(() -> trials("local[2]"))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("local[2] has 2 cores, and a trial is to have 3: --cluster cpus=2");
    assertThatThrownBy(() -> trials("local", "cpus=2")).hasMessageStartingWith("local has 1 core,");
    assertThat(trials("local[2]", "cpus=2").master()).isEqualTo("local[2]");
    assertThat(trials("local[*]", "cpus=1").submission(Path.of("a.sh")))
        .containsExactly("bash", "a.sh");
  }
}

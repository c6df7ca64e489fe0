package org.openmargin.experiment.wiring.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmargin.runtime.NativeEnvironment;

class NumericEnvironmentTest {

  @Test
  void onlyWhatChangesNumbersIsRecorded() {
    var environment =
        Map.of(
            "TF_ENABLE_ONEDNN_OPTS", "0",
            "OMP_NUM_THREADS", "2",
            "TF_CLI_CONFIG_FILE", "/root/.terraformrc",
            "TF_CPP_MIN_LOG_LEVEL", "3",
            "TF_VAR_password", "secret",
            "CUDA_HOME", "/usr/local/cuda",
            "CUDA_CACHE_PATH", "/home/someone/cache",
            "CUDNN_LOGDEST_DBG", "/home/someone/log",
            "LD_LIBRARY_PATH", "/opt/other/lib",
            "HOME", "/home/someone");
    assertThat(NumericEnvironment.of(environment))
        .isEqualTo(Map.of("OMP_NUM_THREADS", "2", "TF_ENABLE_ONEDNN_OPTS", "0"));
  }

  @Test
  void flagsThatHoldAPathAreLeftOut() {
    var flags =
        "--xla_gpu_cuda_data_dir=/opt/cuda --xla_cpu_enable_fast_math=false --xla_dump_to=C:\\dump";
    assertThat(NumericEnvironment.of(Map.of("XLA_FLAGS", flags)))
        .containsExactlyEntriesOf(Map.of("XLA_FLAGS", "--xla_cpu_enable_fast_math=false"));
    assertThat(NumericEnvironment.of(Map.of("XLA_FLAGS", "--xla_dump_to=/tmp", "TF_XLA_FLAGS", "")))
        .isEmpty();
  }

  @Test
  void itIsReadAsTheLibrariesSeeIt() {
    var all = NativeEnvironment.all();
    assertThat(all).containsKey("PATH");
    assertThat(NumericEnvironment.current()).isEqualTo(NumericEnvironment.of(all));
  }
}

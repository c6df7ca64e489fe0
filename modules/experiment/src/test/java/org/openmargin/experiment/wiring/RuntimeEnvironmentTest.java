package org.openmargin.experiment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.RuntimeConfig;

class RuntimeEnvironmentTest {
  private static final RuntimeConfig DEFAULTS = RuntimeConfig.getDefaultInstance();

  private static Map<String, String> wanted(RuntimeConfig.Builder config) {
    return RuntimeEnvironment.wanted(config.build(), name -> "");
  }

  @Test
  void byDefaultOnlyTheKernelCacheGrowsToWhatTensorFlowNeeds() {
    assertThat(wanted(DEFAULTS.toBuilder())).isEqualTo(Map.of("CUDA_CACHE_MAXSIZE", "4294967296"));
  }

  @Test
  void aVariableOfTheProcessStaysWhereTheExperimentSaysNothing() {
    assertThat(RuntimeEnvironment.wanted(DEFAULTS, name -> "100")).isEmpty();
    var config = DEFAULTS.toBuilder().setCudaCacheMib(2).build();
    assertThat(RuntimeEnvironment.wanted(config, name -> "100"))
        .isEqualTo(Map.of("CUDA_CACHE_MAXSIZE", "2097152"));
  }

  @Test
  void eachSettingHasItsVariable() {
    assertThat(
            wanted(
                DEFAULTS.toBuilder()
                    .setDeterministic(true)
                    .setTf32(false)
                    .setCudaCacheDir("kernels")
                    .setCudaCacheMib(1024)))
        .isEqualTo(
            Map.of(
                "TF_DETERMINISTIC_OPS", "1",
                "NVIDIA_TF32_OVERRIDE", "0",
                "CUDA_CACHE_PATH", Path.of("kernels").toAbsolutePath().toString(),
                "CUDA_CACHE_MAXSIZE", "1073741824"));
  }

  @Test
  void whatTheLibrariesObeyIsReadFromTheEnvironmentTheySee() {
    var all = RuntimeEnvironment.obeyed();
    assertThat(all).doesNotContainKeys("PATH", "HOME");
    assertThat(all.keySet()).allMatch(name -> name.matches("[A-Z][A-Z0-9_]*"));
    assertThat(all).containsEntry("TF_CPP_MIN_LOG_LEVEL", "2"); // the build sets it
  }
}

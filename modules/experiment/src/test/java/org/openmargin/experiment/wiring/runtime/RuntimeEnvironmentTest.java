package org.openmargin.experiment.wiring.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.experiment.Experiment;

class RuntimeEnvironmentTest {
  @Test
  void byDefaultOnlyTheKernelCacheGrowsToWhatTensorFlowNeeds() {
    assertThat(RuntimeEnvironment.DEFAULT.variables(name -> ""))
        .isEqualTo(Map.of("CUDA_CACHE_MAXSIZE", "4294967296"));
  }

  @Test
  void aProcessVariableStaysUnlessTheExperimentSetsIt() {
    assertThat(RuntimeEnvironment.DEFAULT.variables(name -> "100")).isEmpty();
    var environment = new RuntimeEnvironment(false, true, "", 2);
    assertThat(environment.variables(name -> "100"))
        .isEqualTo(Map.of("CUDA_CACHE_MAXSIZE", "2097152"));
  }

  @Test
  void eachSettingHasItsVariable() {
    var runtime =
        "runtime { deterministic: true tf32: false cuda_cache_dir: 'kernels' cuda_cache_mib: 1024 }";
    assertThat(request(runtime).environment().variables(name -> ""))
        .isEqualTo(
            Map.of(
                "TF_DETERMINISTIC_OPS", "1",
                "NVIDIA_TF32_OVERRIDE", "0",
                "CUDA_CACHE_PATH", Path.of("kernels").toAbsolutePath().toString(),
                "CUDA_CACHE_MAXSIZE", "1073741824"));
  }

  @Test
  void anExperimentThatSaysNothingComputesAsAModelWithoutOne() {
    assertThat(request("")).isEqualTo(RuntimeRequest.on(DeviceChoice.AUTO));
  }

  private static RuntimeRequest request(String runtime) {
    var text =
        """
        name: "request"
        data { synthetic_cells {} known_classes: [0, 1] }
        model { resnet {} }
        loss { omcl {} }
        training { adam {} constant {} }
        """
            + runtime;
    try {
      return Experiment.of(TextFormat.parse(text, ExperimentConfig.class)).recipe().runtime();
    } catch (TextFormat.ParseException e) {
      throw new AssertionError(e);
    }
  }
}

package org.openmargin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.openmargin.runtime.RuntimeSettings.Device;
import org.openmargin.runtime.RuntimeSettings.Gpu;
import org.openmargin.runtime.RuntimeSettings.Kernels;
import org.openmargin.runtime.RuntimeSettings.Parallel;
import org.openmargin.runtime.RuntimeSettings.Threads;
import org.tensorflow.proto.OptimizerOptions.GlobalJitLevel;

class RuntimeSettingsTest {
  private static final RuntimeSettings GPU =
      new RuntimeSettings(
          Device.GPU, false, Kernels.DEFAULT, new Threads(3, 2), new Gpu(1, false, 0.25));

  @Test
  void aSessionOnTheCpuHasNoGpu() {
    var config = GPU.on(Device.CPU).sessionConfig();
    assertThat(config.getDeviceCountMap()).containsEntry("GPU", 0);
    assertThat(config.hasGpuOptions()).isFalse();
    assertThat(config.getIntraOpParallelismThreads()).isEqualTo(3);
    assertThat(config.getInterOpParallelismThreads()).isEqualTo(2);
  }

  @Test
  void aSessionOnAGpuTakesOneGpuAndTheMemoryItMay() {
    var options = GPU.sessionConfig().getGpuOptions();
    assertThat(options.getVisibleDeviceList()).isEqualTo("1");
    assertThat(options.getAllowGrowth()).isFalse();
    assertThat(options.getPerProcessGpuMemoryFraction()).isEqualTo(0.25);
    assertThat(GPU.sessionConfig().getDeviceCountMap()).isEmpty();
  }

  @Test
  void xlaIsOffByDefault() {
    assertThat(GPU.sessionConfig().getGraphOptions().getOptimizerOptions().getGlobalJitLevel())
        .isEqualTo(GlobalJitLevel.DEFAULT);
  }

  @Test
  void xlaIsTurnedOnForTheDeviceInUse() {
    for (var device : Device.values()) {
      var settings =
          new RuntimeSettings(device, false, new Kernels(true, true), Threads.DEFAULT, Gpu.DEFAULT);
      var options = settings.sessionConfig().getGraphOptions().getOptimizerOptions();
      assertThat(options.getGlobalJitLevel()).isEqualTo(GlobalJitLevel.ON_2);
      assertThat(options.getCpuGlobalJit()).isEqualTo(device == Device.CPU);
    }
  }

  @Test
  void deterministicMeansOneThreadWhateverElseIsSet() {
    var settings =
        new RuntimeSettings(Device.CPU, true, Kernels.DEFAULT, new Threads(8, 8), Gpu.DEFAULT);
    assertThat(settings.sessionConfig().getIntraOpParallelismThreads()).isEqualTo(1);
    assertThat(settings.sessionConfig().getInterOpParallelismThreads()).isEqualTo(1);
  }

  @Test
  void severalGpusAreThoseFromTheFirstOneOn() {
    var config = GPU.with(new Parallel(3, true)).sessionConfig();
    assertThat(config.getGpuOptions().getVisibleDeviceList()).isEqualTo("1,2,3");
    assertThat(config.getDeviceCountMap()).isEmpty();
    assertThat(config.getExperimental().getCollectiveDeterministicSequentialExecution()).isTrue();
  }

  @Test
  void severalDevicesOfTheCpuAreVirtual() {
    var settings = RuntimeSettings.CPU.with(new Parallel(2, true));
    assertThat(Devices.list(settings).names()).containsExactly("CPU:0", "CPU:1");
    assertThat(settings.deviceName(1)).isEqualTo("/device:CPU:1");
    assertThat(settings.with(Parallel.NONE)).isEqualTo(RuntimeSettings.CPU);
    assertThatThrownBy(() -> new Parallel(0, true))
        .hasMessage("at least one device is needed, not 0");
  }

  @Test
  void theCpuIsAlwaysAmongTheDevices() {
    assertThat(Devices.list(RuntimeSettings.CPU).names()).containsExactly("CPU:0");
    assertThat(Devices.list(RuntimeSettings.CPU).hasGpu()).isFalse();
  }
}

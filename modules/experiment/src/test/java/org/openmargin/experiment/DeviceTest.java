package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.text.ConfigException;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.runtime.NativeLibraries;

/** Which device computes, and how that is reported. */
class DeviceTest {
  private static final String[] TWO = {"runtime.device=CPU", "runtime.data_parallel={}"};

  @TempDir Path folder;

  @Test
  void aMissingGpuIsAnError() {
    assumeFalse(NativeLibraries.load().gpuBuild(), "this build may find a GPU");
    assertThatThrownBy(() -> tiny("runtime.device=GPU").train(folder))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("runtime.device is GPU, but TensorFlow can use only [CPU:0]")
        .hasMessageContaining("this is TensorFlow's build for the CPU");
    assertThat(folder.resolve("experiment.textproto")).doesNotExist();
  }

  @Test
  void theChosenDeviceIsReportedAndRecorded() throws IOException {
    var notices = new ArrayList<String>();
    tiny("runtime.device=CPU").withNotices(notices::add).train(folder);
    assertThat(notices).containsExactly("device: CPU (asked for: CPU)");
    assertThat(Files.readString(folder.resolve("provenance.json")))
        .contains("\"device\": \"CPU\"", "\"devices\": [\"CPU:0\"]");
  }

  @Test
  void severalDevicesTrainTogetherAndOneEvaluates() throws IOException {
    var notices = new ArrayList<String>();
    var run = tiny(TWO).withNotices(notices::add).train(folder);
    assertThat(notices)
        .containsExactly(
            "device: CPU (asked for: CPU)",
            "2 devices train together, each on an equal part of a batch; batch norms use the statistics of the whole batch");
    assertThat(Files.readString(folder.resolve("provenance.json")))
        .contains("\"devices\": [\"CPU:0\", \"CPU:1\"]", "\"batchStatistics\": \"SYNCHRONISED\"");
    notices.clear();
    assertThat(run.evaluate().getAcc()).isBetween(0.0, 1.0);
    assertThat(notices)
        .contains("device: CPU (asked for: CPU)")
        .noneMatch(n -> n.contains("2 dev"));
  }

  @Test
  void whatDevicesCannotShareIsRefusedBeforeTraining() {
    assertThatThrownBy(() -> tiny(with("training.batch_size=15")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "training.batch_size=15: is 15, must be divisible by runtime.data_parallel.devices: each device has an equal part of the batch");
    for (var loss : List.of("loss.gaussian={}", "loss.arpl.confusing_samples={}")) {
      var backbone = loss.contains("gaussian") ? "model.stain_statistics={}" : "model.resnet={}";
      assertThatThrownBy(() -> tiny(with(loss, backbone)).train(folder.resolve("run")))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("runtime.data_parallel: ");
    }
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private static String[] with(String... more) {
    return Stream.concat(Stream.of(TWO), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void theChoiceOfADeviceComesWithItsReason() {
    assumeFalse(NativeLibraries.load().gpuBuild(), "this build may find a GPU");
    var notices = new ArrayList<String>();
    tiny().withNotices(notices::add).train(folder);
    assertThat(notices)
        .containsExactly("device: CPU (asked for: AUTO; this is TensorFlow's build for the CPU)");
  }

  @Test
  void xlaTrainsOnTheCpuToo() {
    var report = tiny("runtime.xla=true").train(folder).evaluate();
    assertThat(report.getAcc()).isBetween(0.0, 1.0);
  }
}

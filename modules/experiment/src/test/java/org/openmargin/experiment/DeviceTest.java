package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.runtime.NativeLibraries;

/** Which device computes, and how that is reported. */
class DeviceTest {
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

package org.openmargin.runtime;

import java.nio.file.Path;
import java.util.List;
import org.tensorflow.TensorFlow;

/**
 * The TensorFlow that this process uses.
 *
 * @param version of TensorFlow, and which build of it
 * @param devices it can use, such as {@code CPU:0}
 * @param libraries folder its native libraries were loaded from
 * @param noGpu why it cannot use a GPU, line by line; empty if it can
 */
public record TensorFlowBackend(
    String version, List<String> devices, Path libraries, List<String> noGpu) {

  public TensorFlowBackend {
    devices = List.copyOf(devices);
    noGpu = List.copyOf(noGpu);
  }

  /** Loads TensorFlow; the first time on a machine, this may unpack its libraries. */
  public static TensorFlowBackend load() {
    var natives = NativeLibraries.load();
    var devices = Devices.list();
    var build = natives.gpuBuild() ? "build for GPUs (CUDA 12, cuDNN 9)" : "build for the CPU";
    return new TensorFlowBackend(
        TensorFlow.version() + ", " + build,
        devices.names(),
        natives.folder(),
        devices.hasGpu() ? List.of() : GpuDiagnosis.of(natives, CudaLibraries.of(natives)).lines());
  }
}

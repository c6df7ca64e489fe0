package org.openmargin.experiment.wiring.runtime;

import java.nio.file.Files;
import java.util.function.Consumer;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.runtime.CudaLibraries;
import org.openmargin.runtime.Devices;
import org.openmargin.runtime.GpuDiagnosis;
import org.openmargin.runtime.NativeEnvironment;
import org.openmargin.runtime.NativeLibraries;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.runtime.RuntimeSettings.Device;
import org.openmargin.runtime.TensorFlowErrors;

/** TensorFlow, ready to compute on the chosen processor, and the devices it has. */
public record TensorFlowRuntime(RuntimeSettings settings, Devices devices) {
  private static final String LIBDEVICE = "nvvm/libdevice/libdevice.10.bc";

  /**
   * Chooses the processor and reports the choice in one sentence; one device computes.
   *
   * @throws RunException if a GPU is wanted and TensorFlow has none; the message says why
   */
  public static TensorFlowRuntime start(RuntimeRequest request, Consumer<String> notices) {
    return startTraining(request.alone(), notices);
  }

  /**
   * The same for training, by all devices of the request.
   *
   * @throws RunException also if there are fewer GPUs than it asks for
   */
  public static TensorFlowRuntime startTraining(RuntimeRequest request, Consumer<String> notices) {
    var natives = NativeLibraries.load();
    var mayUseGpu = request.device() != DeviceChoice.CPU && natives.gpuBuild();
    var cuda = CudaLibraries.of(natives);
    if (mayUseGpu) {
      request.environment().apply();
      cuda.openCompilerBuiltins();
    }
    var asked = request.settings().on(mayUseGpu ? Device.GPU : Device.CPU);
    var devices = devices(asked);
    var chosen = asked.on(devices.hasGpu() ? Device.GPU : Device.CPU);
    if (request.device() == DeviceChoice.GPU && !devices.hasGpu()) {
      throw noGpu(devices, GpuDiagnosis.of(natives, cuda));
    }
    requireToolkit(chosen, natives);
    notices.accept(sentence(request.device(), chosen.device(), natives, cuda));
    if (!chosen.parallel().isNone()) {
      requireGpus(chosen, devices);
      notices.accept(sentence(chosen.parallel()));
    }
    return new TensorFlowRuntime(chosen, devices);
  }

  private static Devices devices(RuntimeSettings settings) {
    try {
      return Devices.list(settings);
    } catch (RuntimeException e) {
      throw TensorFlowErrors.translated(
          e,
          reason ->
              new RunException(
                  "the GPU cannot be used (runtime.gpu_index is %d%s): %s"
                      .formatted(settings.gpu().index(), asked(settings.parallel()), reason),
                  e));
    }
  }

  private static String asked(RuntimeSettings.Parallel parallel) {
    return parallel.isNone()
        ? ""
        : ", runtime.data_parallel.devices is %d".formatted(parallel.devices());
  }

  private static void requireGpus(RuntimeSettings settings, Devices devices) {
    var gpus = devices.names().stream().filter(name -> name.startsWith("GPU:")).count();
    if (settings.device() == Device.GPU && gpus < settings.parallel().devices()) {
      throw new RunException(
          "runtime.data_parallel.devices is %d, but TensorFlow can use %d from runtime.gpu_index %d on: %s"
              .formatted(
                  settings.parallel().devices(), gpus, settings.gpu().index(), devices.names()));
    }
  }

  private static String sentence(RuntimeSettings.Parallel parallel) {
    return "%d devices train together, each on an equal part of a batch; batch norms use the statistics of %s"
        .formatted(
            parallel.devices(), parallel.synchronised() ? "the whole batch" : "each device's part");
  }

  private static RunException noGpu(Devices devices, GpuDiagnosis diagnosis) {
    return new RunException(
        "runtime.device is GPU, but TensorFlow can use only %s%n  %s"
            .formatted(devices.names(), String.join("\n  ", diagnosis.lines())));
  }

  /** Without the toolkit, XLA fails in mid-step with a message that names no remedy. */
  private static void requireToolkit(RuntimeSettings settings, NativeLibraries natives) {
    if (!settings.kernels().xla() || settings.device() != Device.GPU) {
      return;
    }
    var flags = NativeEnvironment.get("XLA_FLAGS").orElse("");
    var folders = natives.toolkitFolders(flags);
    if (folders.stream().noneMatch(folder -> Files.exists(folder.resolve(LIBDEVICE)))) {
      throw new RunException(
          "runtime.xla on a GPU needs %s of a CUDA 12 toolkit, which was not found in %s; copy it there, set XLA_FLAGS=--xla_gpu_cuda_data_dir=FOLDER, or set runtime.xla=false"
              .formatted(LIBDEVICE, folders));
    }
  }

  private static String sentence(
      DeviceChoice wanted, Device device, NativeLibraries natives, CudaLibraries cuda) {
    var chosen = "device: %s (asked for: %s".formatted(device, wanted.name());
    if (wanted != DeviceChoice.AUTO || device == Device.GPU) {
      return chosen + ")";
    }
    return "%s; %s%s)"
        .formatted(
            chosen,
            GpuDiagnosis.brief(natives, cuda).summary(),
            natives.gpuBuild() ? "; see: openmargin info" : "");
  }
}

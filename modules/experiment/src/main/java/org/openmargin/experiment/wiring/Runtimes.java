package org.openmargin.experiment.wiring;

import java.nio.file.Files;
import java.util.function.Consumer;
import org.openmargin.config.v1.RuntimeConfig;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.runtime.CudaLibraries;
import org.openmargin.runtime.Devices;
import org.openmargin.runtime.GpuDiagnosis;
import org.openmargin.runtime.NativeEnvironment;
import org.openmargin.runtime.NativeLibraries;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.runtime.RuntimeSettings.Device;
import org.openmargin.runtime.TensorFlowErrors;

/** Turns {@code runtime} into what sessions need, and says which processor it chose. */
public final class Runtimes {
  private static final String LIBDEVICE = "nvvm/libdevice/libdevice.10.bc";

  private Runtimes() {}

  /**
   * A processor that is ready.
   *
   * @param settings for sessions
   * @param devices that TensorFlow has with them
   */
  public record Ready(RuntimeSettings settings, Devices devices) {}

  /**
   * Chooses the processor and says so in one sentence.
   *
   * @throws RunException if a GPU is wanted and TensorFlow has none; the message says why
   */
  public static Ready start(RuntimeConfig config, Consumer<String> notices) {
    var natives = NativeLibraries.load();
    var mayUseGpu = config.getDevice() != RuntimeConfig.Device.CPU && natives.gpuBuild();
    var cuda = CudaLibraries.of(natives);
    if (mayUseGpu) {
      RuntimeEnvironment.apply(config);
      cuda.openCompilerBuiltins();
    }
    var asked = settings(config, mayUseGpu ? Device.GPU : Device.CPU);
    var devices = devices(asked, config);
    var chosen = asked.on(devices.hasGpu() ? Device.GPU : Device.CPU);
    if (config.getDevice() == RuntimeConfig.Device.GPU && !devices.hasGpu()) {
      throw noGpu(devices, GpuDiagnosis.of(natives, cuda));
    }
    requireToolkit(chosen, natives);
    notices.accept(sentence(config, chosen.device(), natives, cuda));
    return new Ready(chosen, devices);
  }

  private static RuntimeSettings settings(RuntimeConfig config, Device device) {
    return new RuntimeSettings(
        device,
        config.getDeterministic(),
        new RuntimeSettings.Kernels(config.getXla(), config.getWinograd()),
        new RuntimeSettings.Threads(config.getIntraOpThreads(), config.getInterOpThreads()),
        new RuntimeSettings.Gpu(
            config.getGpuIndex(), config.getGpuMemoryGrowth(), config.getGpuMemoryFraction()));
  }

  private static Devices devices(RuntimeSettings settings, RuntimeConfig config) {
    try {
      return Devices.list(settings);
    } catch (RuntimeException e) {
      throw TensorFlowErrors.translated(
          e,
          reason ->
              new RunException(
                  "the GPU cannot be used (runtime.gpu_index is %d): %s"
                      .formatted(config.getGpuIndex(), reason),
                  e));
    }
  }

  private static RunException noGpu(Devices devices, GpuDiagnosis diagnosis) {
    return new RunException(
        "runtime.device is GPU, but TensorFlow can use only %s%n  %s"
            .formatted(devices.names(), String.join("\n  ", diagnosis.lines())));
  }

  /** XLA would fail in the middle of the first step, with a message that names no remedy. */
  private static void requireToolkit(RuntimeSettings settings, NativeLibraries natives) {
    if (!settings.kernels().xla() || settings.device() != Device.GPU) {
      return;
    }
    var flags = NativeEnvironment.get("XLA_FLAGS").orElse("");
    var folders = natives.toolkitFolders(flags);
    if (folders.stream().noneMatch(folder -> Files.exists(folder.resolve(LIBDEVICE)))) {
      throw new RunException(
          "runtime.xla on a GPU needs %s of a CUDA 12 toolkit, which is in none of %s; copy it there, set XLA_FLAGS=--xla_gpu_cuda_data_dir=FOLDER, or set runtime.xla=false"
              .formatted(LIBDEVICE, folders));
    }
  }

  private static String sentence(
      RuntimeConfig config, Device device, NativeLibraries natives, CudaLibraries cuda) {
    var wanted = "device: %s (asked for: %s".formatted(device, config.getDevice());
    if (config.getDevice() != RuntimeConfig.Device.AUTO || device == Device.GPU) {
      return wanted + ")";
    }
    return "%s; %s%s)"
        .formatted(
            wanted,
            GpuDiagnosis.brief(natives, cuda).summary(),
            natives.gpuBuild() ? "; see: openmargin info" : "");
  }
}

package org.openmargin.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why TensorFlow has no GPU in this process, and what to do.
 *
 * @param driver why the driver's library cannot be opened, if it cannot
 * @param libraries NVIDIA's other libraries that cannot be opened
 * @param folders searched, in order, before those of {@code ldconfig}
 */
public record GpuDiagnosis(
    NativeLibraries natives,
    Optional<CudaLibraries.Failure> driver,
    List<CudaLibraries.Failure> libraries,
    List<Path> folders) {
  /** Set by a bundle's launcher: in a bundle, a missing library means damage. */
  private static final String BUNDLE_PROPERTY = "openmargin.bundle";

  private static final String CPU_BUILD = "this is TensorFlow's build for the CPU";

  public GpuDiagnosis {
    libraries = List.copyOf(libraries);
    folders = List.copyOf(folders);
  }

  /** Tries to open every library, which takes a moment if they exist. */
  public static GpuDiagnosis of(NativeLibraries natives, CudaLibraries cuda) {
    if (!natives.gpuBuild()) {
      return new GpuDiagnosis(natives, Optional.empty(), List.of(), List.of());
    }
    return new GpuDiagnosis(natives, cuda.driver(), cuda.failures(), cuda.folders());
  }

  /** The same for programs that do not need a GPU: stops if there is no driver. */
  public static GpuDiagnosis brief(NativeLibraries natives, CudaLibraries cuda) {
    var driver = natives.gpuBuild() ? cuda.driver() : Optional.<CudaLibraries.Failure>empty();
    return driver.isPresent()
        ? new GpuDiagnosis(natives, driver, List.of(), cuda.folders())
        : of(natives, cuda);
  }

  /** The reason in a few words. */
  public String summary() {
    if (!natives.gpuBuild()) {
      return CPU_BUILD;
    }
    if (driver.isPresent()) {
      return "no NVIDIA driver: libcuda.so.1 cannot be opened";
    }
    if (!libraries.isEmpty()) {
      var others = libraries.size() - 1;
      return libraries.get(0).library().file()
          + (others == 0 ? "" : " and %d more".formatted(others))
          + " cannot be opened";
    }
    return "the driver and the libraries can be opened, but TensorFlow finds no GPU";
  }

  /** The full report: each library, every folder, and what to do. */
  public List<String> lines() {
    if (!natives.gpuBuild()) {
      return List.of(CPU_BUILD, "to do: " + otherBuild());
    }
    var lines = new ArrayList<String>();
    driver.ifPresent(
        failure -> {
          lines.add("no NVIDIA driver: " + failure);
          lines.add(
              "to do: install NVIDIA's driver, 545 or newer, and check that nvidia-smi lists the GPU; start containers with --gpus all");
        });
    if (!libraries.isEmpty()) {
      lines.add("%d of NVIDIA's libraries cannot be opened:".formatted(libraries.size()));
      libraries.forEach(failure -> lines.add("  " + failure));
      addFolders(lines);
      lines.add("to do: " + missingLibraries());
    }
    if (driver.isEmpty() && libraries.isEmpty()) {
      lines.add(summary());
      lines.add(
          "to do: check that nvidia-smi lists the GPU, CUDA_VISIBLE_DEVICES does not hide it, and the driver is 545 or newer; TF_CPP_MIN_LOG_LEVEL=0 shows TensorFlow's messages");
    }
    return List.copyOf(lines);
  }

  private void addFolders(List<String> lines) {
    lines.add("searched in this order:");
    var missing = folders.stream().filter(folder -> !Files.isDirectory(folder)).toList();
    folders.stream()
        .filter(folder -> !missing.contains(folder))
        .forEach(folder -> lines.add("  " + folder));
    lines.add("  the system's folders (ldconfig -p)");
    if (!missing.isEmpty()) {
      lines.add("these folders do not exist:");
      missing.forEach(folder -> lines.add("  " + folder));
    }
  }

  private static String otherBuild() {
    return isBundle()
        ? "use the bundle for GPUs (built by tools/bundle --gpu)"
        : "start tools/openmargin with OPENMARGIN_GPU=1 on linux-x86_64, depend on openmargin-platform-gpu in your own build, or use the bundle for GPUs (tools/bundle --gpu)";
  }

  private static String missingLibraries() {
    return isBundle()
        ? "unpack the bundle again; sha256sum --quiet -c SHA256SUMS, in its folder, lists what is damaged or missing"
        : "install CUDA 12 and cuDNN 9, add their folders to LD_LIBRARY_PATH, or use the bundle for GPUs, which includes them (tools/bundle --gpu)";
  }

  private static boolean isBundle() {
    return System.getProperty(BUNDLE_PROPERTY) != null;
  }
}

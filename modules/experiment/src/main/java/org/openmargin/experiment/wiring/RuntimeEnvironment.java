package org.openmargin.experiment.wiring;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.runtime.NativeEnvironment;

/**
 * Settings that reach a GPU's libraries by environment variables. TensorFlow, CUDA and cuDNN read
 * them once, when a GPU is first used: they hold for the whole process.
 *
 * @param deterministic equal bits from equal seeds
 * @param tf32 whether products of float32 may be computed with 10 bits of mantissa
 * @param kernelCache folder of compiled kernels; empty for CUDA's default
 * @param kernelCacheMib its size; 0 for the process's, or else 4 GiB
 */
public record RuntimeEnvironment(
    boolean deterministic, boolean tf32, String kernelCache, int kernelCacheMib) {
  /** Fast kernels, and a cache that holds all of TensorFlow's. */
  public static final RuntimeEnvironment DEFAULT = new RuntimeEnvironment(false, true, "", 0);

  /** Records what a process started with, where other sessions of it can see it. */
  private static final String APPLIED = "OPENMARGIN_RUNTIME";

  private static final int DEFAULT_CACHE_MIB = 4096;
  private static final long MIB = 1 << 20;

  /** Beginnings of the names of variables that these libraries obey. */
  private static final String OBEYED =
      "(TF_|XLA_|CUDA_|CUDNN_|CUBLAS_|NVIDIA_TF32|OMP_|LD_LIBRARY_PATH).*";

  /**
   * What must be set on a machine with a GPU.
   *
   * @param inherited value of a variable of the process, empty if it is not set
   */
  Map<String, String> variables(UnaryOperator<String> inherited) {
    var variables = new TreeMap<String, String>();
    if (deterministic) {
      variables.put("TF_DETERMINISTIC_OPS", "1");
    }
    if (!tf32) {
      variables.put("NVIDIA_TF32_OVERRIDE", "0");
    }
    if (!kernelCache.isEmpty()) {
      variables.put("CUDA_CACHE_PATH", Path.of(kernelCache).toAbsolutePath().toString());
    }
    if (kernelCacheMib > 0 || inherited.apply("CUDA_CACHE_MAXSIZE").isEmpty()) {
      var mib = kernelCacheMib > 0 ? kernelCacheMib : DEFAULT_CACHE_MIB;
      variables.put("CUDA_CACHE_MAXSIZE", Long.toString(mib * MIB));
    }
    return variables;
  }

  /**
   * Sets them, before TensorFlow uses a GPU.
   *
   * @throws RunException if this process started with others
   */
  void apply() {
    var wanted = variables(name -> System.getenv().getOrDefault(name, ""));
    var before = NativeEnvironment.get(APPLIED);
    if (before.isEmpty()) {
      var all = new TreeMap<>(wanted);
      all.put(APPLIED, wanted.toString());
      NativeEnvironment.set(all);
    } else if (!before.get().equals(wanted.toString())) {
      throw new RunException(
          "runtime.deterministic, runtime.tf32 and runtime.cuda_cache_* hold for a whole process on a machine with a GPU; this process started with %s, so %s needs another process"
              .formatted(before.get(), wanted));
    }
  }

  /** All variables that the libraries obey, as they see them. */
  public static Map<String, String> obeyed() {
    return NativeEnvironment.all().entrySet().stream()
        .filter(variable -> variable.getKey().matches(OBEYED))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

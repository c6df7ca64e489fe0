package org.openmargin.experiment.wiring.runtime;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.runtime.NativeEnvironment;

/**
 * Settings that reach a GPU's libraries through environment variables. TensorFlow, CUDA and cuDNN
 * read them once, when a GPU is first used, so they apply to the whole process.
 *
 * @param deterministic equal bits from equal seeds
 * @param tf32 whether float32 products may be computed with 10 mantissa bits
 * @param kernelCache folder of compiled kernels; empty for CUDA's default
 * @param kernelCacheMib its size; 0 for the process's setting, or 4 GiB without one
 */
public record RuntimeEnvironment(
    boolean deterministic, boolean tf32, String kernelCache, int kernelCacheMib) {
  /** Fast kernels, and a cache large enough for all of TensorFlow's. */
  public static final RuntimeEnvironment DEFAULT = new RuntimeEnvironment(false, true, "", 0);

  /** Records the settings a process started with, for its later sessions. */
  private static final String APPLIED = "OPENMARGIN_RUNTIME";

  private static final int DEFAULT_CACHE_MIB = 4096;
  private static final long MIB = 1 << 20;

  /**
   * Variables to set on a machine with a GPU.
   *
   * @param inherited value of a variable in the process, empty if unset
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
   * Sets them; to be called before TensorFlow uses a GPU.
   *
   * @throws RunException if this process started with other settings
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
          "runtime.deterministic, runtime.tf32 and runtime.cuda_cache_* apply to a whole process on a machine with a GPU; this process started with %s, so %s needs a new process"
              .formatted(before.get(), wanted));
    }
  }
}

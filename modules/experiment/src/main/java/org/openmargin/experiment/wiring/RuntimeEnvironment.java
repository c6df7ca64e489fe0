package org.openmargin.experiment.wiring;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.openmargin.config.v1.RuntimeConfig;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.runtime.NativeEnvironment;

/**
 * The environment variables that {@code runtime} stands for. TensorFlow, CUDA and cuDNN read them
 * once, at the first use of a GPU: they hold for the whole process.
 */
public final class RuntimeEnvironment {
  /** Remembers what a process began with, where other sessions of it can see it. */
  private static final String APPLIED = "OPENMARGIN_RUNTIME";

  private static final int DEFAULT_CACHE_MIB = 4096;
  private static final long MIB = 1 << 20;

  /** Beginnings of the names of variables that these libraries obey. */
  private static final String OBEYED =
      "(TF_|XLA_|CUDA_|CUDNN_|CUBLAS_|NVIDIA_TF32|OMP_|LD_LIBRARY_PATH).*";

  private RuntimeEnvironment() {}

  /**
   * What must be set on a machine with a GPU.
   *
   * @param inherited value of a variable of the process, empty if it is not set
   */
  static Map<String, String> wanted(RuntimeConfig config, UnaryOperator<String> inherited) {
    var wanted = new TreeMap<String, String>();
    if (config.getDeterministic()) {
      wanted.put("TF_DETERMINISTIC_OPS", "1");
    }
    if (!config.getTf32()) {
      wanted.put("NVIDIA_TF32_OVERRIDE", "0");
    }
    if (!config.getCudaCacheDir().isEmpty()) {
      wanted.put("CUDA_CACHE_PATH", Path.of(config.getCudaCacheDir()).toAbsolutePath().toString());
    }
    var mib = config.getCudaCacheMib();
    if (mib > 0 || inherited.apply("CUDA_CACHE_MAXSIZE").isEmpty()) {
      var bytes = (mib > 0 ? mib : DEFAULT_CACHE_MIB) * MIB;
      wanted.put("CUDA_CACHE_MAXSIZE", Long.toString(bytes));
    }
    return wanted;
  }

  /**
   * Sets them, before TensorFlow uses a GPU.
   *
   * @throws RunException if this process has begun with others
   */
  static void apply(RuntimeConfig config) {
    var wanted = wanted(config, RuntimeEnvironment::inherited);
    var before = NativeEnvironment.get(APPLIED);
    if (before.isEmpty()) {
      var all = new TreeMap<>(wanted);
      all.put(APPLIED, wanted.toString());
      NativeEnvironment.set(all);
    } else if (!before.get().equals(wanted.toString())) {
      throw new RunException(
          "runtime.deterministic, runtime.tf32 and runtime.cuda_cache_* hold for a whole process on a machine with a GPU; this process has begun with %s, and %s needs another process"
              .formatted(before.get(), wanted));
    }
  }

  private static String inherited(String name) {
    var value = System.getenv(name);
    return value == null ? "" : value;
  }

  /** All variables that the libraries obey, as they see them. */
  public static Map<String, String> obeyed() {
    return NativeEnvironment.all().entrySet().stream()
        .filter(variable -> variable.getKey().matches(OBEYED))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

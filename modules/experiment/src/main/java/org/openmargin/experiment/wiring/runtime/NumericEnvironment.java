package org.openmargin.experiment.wiring.runtime;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openmargin.runtime.NativeEnvironment;

/**
 * The environment variables that change what TensorFlow, oneDNN, XLA and CUDA compute: which
 * kernels, which precision, which order of sums. No others are recorded, and no paths.
 */
public final class NumericEnvironment {
  private static final Set<String> NAMES =
      Set.of(
          "CUBLAS_WORKSPACE_CONFIG",
          "CUDA_VISIBLE_DEVICES",
          "DNNL_DEFAULT_FPMATH_MODE",
          "DNNL_MAX_CPU_ISA",
          "MKL_NUM_THREADS",
          "NVIDIA_TF32_OVERRIDE",
          "OMP_NUM_THREADS",
          "ONEDNN_DEFAULT_FPMATH_MODE",
          "ONEDNN_MAX_CPU_ISA",
          "TF_AUTOTUNE_THRESHOLD",
          "TF_CUDNN_DETERMINISTIC",
          "TF_CUDNN_USE_AUTOTUNE",
          "TF_CUDNN_USE_FRONTEND",
          "TF_CUDNN_USE_RUNTIME_FUSION",
          "TF_CUDNN_WORKSPACE_LIMIT_IN_MB",
          "TF_DETERMINISTIC_OPS",
          "TF_DISABLE_CUBLAS_TENSOR_OP_MATH",
          "TF_DISABLE_CUDNN_TENSOR_OP_MATH",
          "TF_ENABLE_CUBLAS_TENSOR_OP_MATH_FP32",
          "TF_ENABLE_CUDNN_TENSOR_OP_MATH_FP32",
          "TF_ENABLE_ONEDNN_OPTS",
          "TF_ENABLE_WINOGRAD_NONFUSED",
          "TF_MATMUL_AUTOTUNE_ENABLE",
          "TF_NUM_INTEROP_THREADS",
          "TF_NUM_INTRAOP_THREADS",
          "TF_ONEDNN_ASSUME_FROZEN_WEIGHTS",
          "TF_SET_ONEDNN_FPMATH_MODE",
          "TF_USE_CUBLASLT",
          "TF_XLA_FLAGS",
          "XLA_FLAGS");

  private NumericEnvironment() {}

  /** Those that are set, with the values that the libraries see. */
  public static SortedMap<String, String> current() {
    return of(NativeEnvironment.all());
  }

  /** Those of an environment; flags that hold a path are left out. */
  static SortedMap<String, String> of(Map<String, String> environment) {
    var recorded = new TreeMap<String, String>();
    for (var name : NAMES) {
      var value = withoutPaths(environment.getOrDefault(name, ""));
      if (!value.isEmpty()) {
        recorded.put(name, value);
      }
    }
    return recorded;
  }

  private static String withoutPaths(String value) {
    return Arrays.stream(value.strip().split("\\s+", -1))
        .filter(flag -> !flag.contains("/") && !flag.contains("\\"))
        .collect(Collectors.joining(" "));
  }
}

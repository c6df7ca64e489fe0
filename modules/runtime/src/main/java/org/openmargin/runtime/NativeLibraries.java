package org.openmargin.runtime;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.KernelList;

/**
 * TensorFlow's own libraries in this process.
 *
 * @param folder they were loaded from
 * @param gpuBuild whether they can compute on a GPU, if there is one
 */
public record NativeLibraries(Path folder, boolean gpuBuild) {
  /** The folders of NVIDIA's libraries beside TensorFlow's, as in its RUNPATH. */
  private static final List<String> NVIDIA =
      List.of("cublas", "cudnn", "cufft", "cusolver", "cusparse", "cuda_cupti", "cuda_runtime");

  /**
   * Loads them if necessary, silently; the first time on a machine, this unpacks them.
   *
   * @throws NativeLibrariesException if they cannot be unpacked or loaded
   */
  public static NativeLibraries load() {
    TensorFlowLog.quieten();
    try {
      var file = Path.of(Loader.load(tensorflow.class)).toAbsolutePath();
      return new NativeLibraries(file.getParent(), hasGpuKernels("MatMul"));
    } catch (LinkageError e) {
      throw new NativeLibrariesException(UnpackingFolder.ofProcess().reason(e), e);
    }
  }

  private static boolean hasGpuKernels(String operation) {
    try (var scope = new PointerScope();
        var status = TF_Status.newStatus()) {
      scope.attach(status);
      var kernels = tensorflow.TF_GetRegisteredKernelsForOp(operation, status);
      status.throwExceptionIfNotOK();
      try {
        return KernelList.parseFrom(kernels.dataAsByteBuffer()).getKernelList().stream()
            .anyMatch(kernel -> kernel.getDeviceType().equals("GPU"));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("TensorFlow's list of kernels cannot be read", e);
      } finally {
        tensorflow.TF_DeleteBuffer(kernels);
      }
    }
  }

  /**
   * The folders the loader searches for a library that TensorFlow opens by name, in order: {@code
   * LD_LIBRARY_PATH}, then the RUNPATH of TensorFlow's libraries. Those of {@code ldconfig} follow.
   *
   * @param libraryPath value of {@code LD_LIBRARY_PATH}
   */
  public List<Path> searchFolders(String libraryPath) {
    var folders = new ArrayList<Path>();
    Stream.of(libraryPath.split(":", -1))
        .filter(entry -> !entry.isEmpty())
        .forEach(entry -> folders.add(Path.of(entry)));
    folders.add(folder);
    for (var name : NVIDIA) {
      folders.add(folder.resolve("../../nvidia/" + name + "/lib").normalize());
      folders.add(folder.resolve("../nvidia/" + name + "/lib").normalize());
    }
    return folders.stream().map(path -> path.toAbsolutePath().normalize()).distinct().toList();
  }

  /**
   * The folders of CUDA toolkits where XLA looks for {@code nvvm/libdevice/libdevice.10.bc}.
   *
   * @param xlaFlags value of {@code XLA_FLAGS}
   */
  public List<Path> toolkitFolders(String xlaFlags) {
    var flag = "--xla_gpu_cuda_data_dir=";
    var named =
        Stream.of(xlaFlags.split("\\s+", -1))
            .filter(option -> option.startsWith(flag))
            .map(option -> Path.of(option.substring(flag.length())));
    var fixed =
        Stream.of(
            Path.of("cuda_sdk_lib"),
            Path.of("/usr/local/cuda"),
            folder.resolve("../nvidia/cuda_nvcc"),
            folder.resolve("../../nvidia/cuda_nvcc"),
            Path.of(""));
    return Stream.concat(named, fixed).map(path -> path.toAbsolutePath().normalize()).toList();
  }
}

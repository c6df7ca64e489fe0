package org.openmargin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuDiagnosisTest {
  private static final String ABSENT = "cannot open shared object file: No such file or directory";

  @TempDir private Path folder;

  private GpuDiagnosis diagnosis(boolean gpuBuild, CudaLibraries.Opener opener) {
    var natives = new NativeLibraries(folder.resolve("tensorflow"), gpuBuild);
    return GpuDiagnosis.of(natives, new CudaLibraries(natives.searchFolders(""), opener));
  }

  @Test
  void theBuildForTheCpuNamesTheOtherOneAndOpensNothing() {
    var diagnosis =
        diagnosis(
            false,
            name -> {
              throw new AssertionError("opened " + name);
            });
    assertThat(diagnosis.summary()).isEqualTo("this is TensorFlow's build for the CPU");
    assertThat(diagnosis.lines()).hasSize(2).last().asString().contains("OPENMARGIN_GPU=1");
  }

  @Test
  void aMissingDriverIsToldApartFromMissingLibraries() {
    var diagnosis =
        diagnosis(true, name -> Optional.of(ABSENT).filter(a -> name.equals("libcuda.so.1")));
    assertThat(diagnosis.summary()).startsWith("no NVIDIA driver");
    assertThat(diagnosis.lines())
        .hasSize(2)
        .first()
        .isEqualTo("no NVIDIA driver: libcuda.so.1 (NVIDIA driver): not found");
  }

  @Test
  void everyMissingLibraryAndEveryFolderIsNamedInOrder() throws IOException {
    var there = Files.createDirectories(folder.resolve("nvidia/cuda_runtime/lib"));
    var diagnosis =
        diagnosis(true, name -> Optional.of(ABSENT).filter(a -> name.startsWith("libcudnn")));
    assertThat(diagnosis.summary()).isEqualTo("libcudnn_graph.so.9 and 7 more cannot be opened");
    assertThat(diagnosis.lines())
        .startsWith(
            "8 of NVIDIA's libraries cannot be opened:", "  libcudnn_graph.so.9 (cuDNN): not found")
        .containsSequence(
            "searched in this order:",
            "  " + there,
            "  the system's folders (ldconfig -p)",
            "these folders do not exist:")
        .contains("  " + folder.resolve("nvidia/cudnn/lib"))
        .last()
        .asString()
        .startsWith("to do: install CUDA 12 and cuDNN 9");
  }

  @Test
  void whereAllOpensTheAdviceIsAboutTheDriver() {
    var diagnosis = diagnosis(true, name -> Optional.empty());
    assertThat(diagnosis.lines())
        .containsExactly(
            "the driver and the libraries can be opened, but TensorFlow finds no GPU",
            "to do: check that nvidia-smi lists the GPU, CUDA_VISIBLE_DEVICES does not hide it, and the driver is 545 or newer; TF_CPP_MIN_LOG_LEVEL=0 shows TensorFlow's messages");
  }

  @Test
  void withoutADriverTheBriefOneOpensNoOtherLibrary() {
    var natives = new NativeLibraries(folder, true);
    var cuda =
        new CudaLibraries(
            List.of(folder),
            name -> {
              assertThat(name).isEqualTo("libcuda.so.1");
              return Optional.of(ABSENT);
            });
    assertThat(GpuDiagnosis.brief(natives, cuda).libraries()).isEmpty();
  }

  @Test
  void theLoadersFoldersBeginWithLdLibraryPath() {
    var natives = new NativeLibraries(Path.of("/opt/om/lib/tensorflow"), true);
    assertThat(natives.searchFolders("/a::/b:/opt/om/lib/tensorflow"))
        .startsWith(Path.of("/a"), Path.of("/b"), Path.of("/opt/om/lib/tensorflow"))
        .contains(
            Path.of("/opt/om/lib/nvidia/cuda_runtime/lib"), Path.of("/opt/om/nvidia/cudnn/lib"))
        .doesNotHaveDuplicates();
  }

  @Test
  void xlaLooksWhereItsFlagSaysFirst() {
    var natives = new NativeLibraries(Path.of("/opt/om/lib/tensorflow"), true);
    assertThat(natives.toolkitFolders("--xla_a=1 --xla_gpu_cuda_data_dir=/cuda --xla_b"))
        .startsWith(Path.of("/cuda"))
        .contains(Path.of("/usr/local/cuda"), Path.of("/opt/om/lib/nvidia/cuda_nvcc"));
    assertThat(natives.toolkitFolders("")).hasSize(5);
  }
}

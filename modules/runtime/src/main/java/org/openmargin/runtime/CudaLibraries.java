package org.openmargin.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * NVIDIA's libraries that TensorFlow 2.18 opens when it first uses a GPU: CUDA 12 and cuDNN 9.
 * TensorFlow starts without them; if one cannot be opened, it logs that and computes on the CPU.
 *
 * @param folders searched by the loader in this order, before those of {@code ldconfig}
 */
public record CudaLibraries(List<Path> folders, Opener opener) {
  /** The driver's library, which only the driver installs. */
  public static final Library DRIVER = new Library("libcuda.so.1", "NVIDIA driver");

  /** All that TensorFlow and these libraries open by name, dependencies first. */
  public static final List<Library> REQUIRED =
      List.of(
          new Library("libcudart.so.12", "CUDA runtime"),
          new Library("libnvJitLink.so.12", "linker, for cuSPARSE and cuSOLVER"),
          new Library("libcublasLt.so.12", "cuBLAS"),
          new Library("libcublas.so.12", "cuBLAS"),
          new Library("libcufft.so.11", "cuFFT"),
          new Library("libcusparse.so.12", "cuSPARSE"),
          new Library("libcusolver.so.11", "cuSOLVER"),
          new Library("libcupti.so.12", "CUPTI, for openmargin profile"),
          new Library("libnvrtc.so.12", "compiler, for cuDNN"),
          new Library("libcudnn_graph.so.9", "cuDNN"),
          new Library("libcudnn_ops.so.9", "cuDNN"),
          new Library("libcudnn_cnn.so.9", "cuDNN"),
          new Library("libcudnn_adv.so.9", "cuDNN"),
          new Library("libcudnn_heuristic.so.9", "cuDNN"),
          new Library("libcudnn_engines_precompiled.so.9", "cuDNN"),
          new Library("libcudnn_engines_runtime_compiled.so.9", "cuDNN"),
          new Library("libcudnn.so.9", "cuDNN"));

  /** Start of the loader's message for a missing file. */
  private static final String NOT_FOUND = "cannot open shared object file: No such file";

  /** The compiler's headers: it opens them by name, but has no RUNPATH to find them. */
  private static final String COMPILER_BUILTINS = "libnvrtc-builtins.so.12*";

  /**
   * @param use what it is, or what it is for
   */
  public record Library(String file, String use) {}

  /**
   * A library that cannot be opened.
   *
   * @param found the file that was tried, if it is in {@link #folders}
   * @param reason the dynamic loader's message, which names a missing dependency
   */
  public record Failure(Library library, Optional<Path> found, String reason) {
    @Override
    public String toString() {
      var what = "%s (%s): ".formatted(library.file(), library.use());
      if (found.isEmpty() && reason.startsWith(NOT_FOUND)) {
        return what + "not found";
      }
      return what + found.map(file -> file + ": ").orElse("") + reason;
    }
  }

  /** The dynamic loader. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens a library and keeps it open.
     *
     * @param library a path, or a name that the loader searches for
     * @return why it cannot be opened; empty if it is open
     */
    Optional<String> open(String library);
  }

  public CudaLibraries {
    folders = List.copyOf(folders);
  }

  /** The libraries this process would use. */
  public static CudaLibraries of(NativeLibraries natives) {
    var path = NativeEnvironment.get("LD_LIBRARY_PATH").orElse("");
    return new CudaLibraries(natives.searchFolders(path), CudaLibraries::dlopen);
  }

  static Optional<String> dlopen(String library) {
    Loader.load(tensorflow.class);
    try {
      Loader.loadGlobal(library);
      return Optional.empty();
    } catch (UnsatisfiedLinkError e) {
      return Optional.of(String.valueOf(e.getMessage()).replace(library + ": ", ""));
    }
  }

  /** Why the driver's library cannot be opened; empty if it can. */
  public Optional<Failure> driver() {
    return open(DRIVER);
  }

  /** Opens all and returns those that cannot be opened, in the order of {@link #REQUIRED}. */
  public List<Failure> failures() {
    return REQUIRED.stream().flatMap(library -> open(library).stream()).toList();
  }

  private Optional<Failure> open(Library library) {
    var file =
        folders.stream().map(f -> f.resolve(library.file())).filter(Files::exists).findFirst();
    var name = file.map(Path::toString).orElse(library.file());
    return opener.open(name).map(reason -> new Failure(library, file, reason));
  }

  /**
   * Opens what cuDNN's compiler needs but cannot find by itself: without it, convolutions that
   * cuDNN compiles at run time fail. Does nothing if there is no such file.
   */
  public void openCompilerBuiltins() {
    folders.stream()
        .map(CudaLibraries::builtinsIn)
        .filter(files -> !files.isEmpty())
        .findFirst()
        .ifPresent(files -> files.forEach(file -> opener.open(file.toString())));
  }

  private static List<Path> builtinsIn(Path folder) {
    try (var files = Files.newDirectoryStream(folder, COMPILER_BUILTINS)) {
      return StreamSupport.stream(files.spliterator(), false).toList();
    } catch (IOException e) {
      return List.of(); // the loader cannot read this folder either
    }
  }
}

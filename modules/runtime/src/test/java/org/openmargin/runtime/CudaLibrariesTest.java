package org.openmargin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.runtime.CudaLibraries.Failure;

/** Folders of stand-ins for NVIDIA's libraries; some tests use the real dynamic loader. */
class CudaLibrariesTest {
  private static final String ABSENT = "cannot open shared object file: No such file or directory";

  @TempDir private Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void makeFolders() throws IOException {
    first = Files.createDirectory(folder.resolve("first"));
    second = Files.createDirectory(folder.resolve("second"));
  }

  private static List<String> names(List<Failure> failures) {
    return failures.stream().map(failure -> failure.library().file()).toList();
  }

  private static List<String> required() {
    return CudaLibraries.REQUIRED.stream().map(CudaLibraries.Library::file).toList();
  }

  private void fill(Path where) throws IOException {
    for (var name : required()) {
      Files.createFile(where.resolve(name));
    }
  }

  @Test
  void nothingFailsWhereEveryLibraryOpens() throws IOException {
    fill(first);
    var opened = new ArrayList<String>();
    var cuda = new CudaLibraries(List.of(first), name -> opens(opened, name));
    assertThat(cuda.failures()).isEmpty();
    assertThat(opened)
        .isEqualTo(required().stream().map(n -> first.resolve(n).toString()).toList());
  }

  private static Optional<String> opens(List<String> opened, String name) {
    opened.add(name);
    return Optional.empty();
  }

  @Test
  void eachLibraryThatIsInNoFolderIsNamed() throws IOException {
    fill(second);
    Files.delete(second.resolve("libcudnn_ops.so.9"));
    Files.delete(second.resolve("libcufft.so.11"));
    var cuda =
        new CudaLibraries(
            List.of(first, second),
            name -> Optional.of(ABSENT).filter(absent -> !name.startsWith("/")));
    var failures = cuda.failures();
    assertThat(names(failures)).containsExactly("libcufft.so.11", "libcudnn_ops.so.9");
    assertThat(failures.get(0)).hasToString("libcufft.so.11 (cuFFT): not found");
  }

  @Test
  void theFirstFolderWinsAsInTheLoader() throws IOException {
    fill(first);
    fill(second);
    var opened = new ArrayList<String>();
    new CudaLibraries(List.of(second, first), name -> opens(opened, name)).failures();
    assertThat(opened).allMatch(name -> name.startsWith(second.toString()));
  }

  @Test
  void aDamagedFileIsNamedWithWhatTheLoaderSays() throws IOException {
    assumeLinuxWithoutCuda();
    fill(first);
    Files.writeString(first.resolve("libcudart.so.12"), "no library at all ".repeat(100));
    var failures = new CudaLibraries(List.of(first), CudaLibraries::dlopen).failures();
    assertThat(names(failures)).isEqualTo(required());
    assertThat(failures.get(0).toString())
        .isEqualTo(
            "libcudart.so.12 (CUDA runtime): %s: invalid ELF header",
            first.resolve("libcudart.so.12"));
    assertThat(failures.get(1).reason()).isEqualTo("file too short");
  }

  @Test
  void aMissingDependencyIsNamedByTheLoader() throws Exception {
    assumeLinuxWithoutCuda();
    compile(second.resolve("libnvJitLink.so.12"));
    compile(first.resolve("libcusparse.so.12"), second.resolve("libnvJitLink.so.12"));
    var failures = new CudaLibraries(List.of(first), CudaLibraries::dlopen).failures();
    assertThat(failures)
        .filteredOn(failure -> failure.library().file().equals("libcusparse.so.12"))
        .singleElement()
        .hasToString(
            "libcusparse.so.12 (cuSPARSE): %s: libnvJitLink.so.12: %s",
            first.resolve("libcusparse.so.12"), ABSENT);
  }

  @Test
  void aLibraryThatOpensIsNoFailure() throws Exception {
    assumeLinuxWithoutCuda();
    compile(first.resolve("libcufft.so.11"));
    var failures = new CudaLibraries(List.of(second, first), CudaLibraries::dlopen).failures();
    assertThat(names(failures)).hasSize(16).doesNotContain("libcufft.so.11");
  }

  @Test
  void theDriverIsAskedForApart() {
    var cuda = new CudaLibraries(List.of(first), name -> Optional.of(ABSENT));
    assertThat(cuda.driver()).get().hasToString("libcuda.so.1 (NVIDIA driver): not found");
    assertThat(required()).doesNotContain("libcuda.so.1");
  }

  @Test
  void theCompilersBuiltinsAreOpenedFromTheFirstFolderThatHasThem() throws IOException {
    var opened = new ArrayList<String>();
    var cuda = new CudaLibraries(List.of(first, second), name -> opens(opened, name));
    cuda.openCompilerBuiltins();
    assertThat(opened).isEmpty();
    var builtins = Files.createFile(second.resolve("libnvrtc-builtins.so.12.6"));
    cuda.openCompilerBuiltins();
    assertThat(opened).containsExactly(builtins.toString());
  }

  private static void assumeLinuxWithoutCuda() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "texts of glibc's loader");
    assumeFalse(
        CudaLibraries.dlopen("libcudart.so.12").isEmpty(), "this machine has CUDA's libraries");
  }

  private void compile(Path library, Path... needed) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "needs gcc");
    var source = Files.writeString(folder.resolve("stub.c"), "int stub(void) { return 1; }\n");
    var command =
        new ArrayList<>(List.of("/usr/bin/gcc", "-shared", "-fPIC", "-Wl,--no-as-needed"));
    command.addAll(
        List.of(
            "-Wl,-soname," + library.getFileName(), "-o", library.toString(), source.toString()));
    for (var other : needed) {
      command.add(other.toString());
    }
    var gcc = new ProcessBuilder(command).inheritIO().start();
    assertThat(gcc.waitFor()).isZero();
  }
}

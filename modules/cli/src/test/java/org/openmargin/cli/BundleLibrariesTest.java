package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openmargin.runtime.CudaLibraries;

/** {@code tools/bundle --gpu} packs what {@code openmargin info} asks for. */
class BundleLibrariesTest {
  private static final Pattern LIST = Pattern.compile("\\n  libraries=\\(([^)]*)\\)");

  @Test
  void theBundleHoldsWhatTensorFlowOpensAndNoMore() throws IOException {
    var script = Files.readString(CommandLineRun.REPOSITORY.resolve("tools/bundle"));
    var list = LIST.matcher(script);
    assertThat(list.find()).isTrue();
    var packed = List.of(list.group(1).strip().split("\\s+", -1));
    assertThat(packed)
        .contains("libnvrtc-builtins.so.12.6") // opened apart: CudaLibraries.openCompilerBuiltins
        .filteredOn(library -> !library.startsWith("libnvrtc-builtins"))
        .containsExactlyInAnyOrderElementsOf(
            CudaLibraries.REQUIRED.stream().map(CudaLibraries.Library::file).toList());
  }
}

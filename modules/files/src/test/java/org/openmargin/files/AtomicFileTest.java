package org.openmargin.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void bytesReplaceTheOldFileWhole() throws IOException {
    var file = folder.resolve("a.bin");
    Files.write(file, new byte[200_000]);
    AtomicFile.write(file, out -> out.write(new byte[] {1, -1, 0}));
    assertThat(file).hasBinaryContent(new byte[] {1, -1, 0});
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aFailedWriteKeepsTheOldBytes() throws IOException {
    var file = folder.resolve("a.bin");
    Files.write(file, new byte[] {7});
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("no space left");
                    }))
        .hasMessage("no space left");
    assertThat(file).hasBinaryContent(new byte[] {7});
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}

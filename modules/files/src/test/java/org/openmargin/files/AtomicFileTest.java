package org.openmargin.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  @Test
  void aLinkStaysALink() throws IOException {
    var file = folder.resolve("a.bin");
    Files.write(file, new byte[] {7});
    var link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(link, out -> out.write(8));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasBinaryContent(new byte[] {8});
  }

  /** Renaming over a device would replace it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsRefused() {
    assertThatThrownBy(() -> AtomicFile.write(Path.of("/dev/zero"), out -> out.write(8)))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("a pipe or a device");
    assertThat(Files.isRegularFile(Path.of("/dev/zero"))).isFalse();
  }
}

package org.openmargin.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void aFileThatNoArrayHoldsIsRefusedBeforeItIsRead() throws IOException {
    var file = folder.resolve("huge");
    try (var huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(5L << 30);
    }
    assertThatThrownBy(() -> WholeFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage("larger than 2 GiB, the most that is read");
  }

  @Test
  void aDeviceIsRefused() {
    var endless = Path.of("/dev/zero");
    assumeThat(endless).exists();
    assertThatThrownBy(() -> WholeFile.read(endless))
        .isInstanceOf(IOException.class)
        .hasMessage("a pipe or a device, not a file");
  }

  @Test
  void othersAreRead() throws IOException {
    var file = Files.write(folder.resolve("small"), new byte[] {1, 2});
    assertThat(WholeFile.read(file)).containsExactly(1, 2);
    assertThatThrownBy(() -> WholeFile.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}

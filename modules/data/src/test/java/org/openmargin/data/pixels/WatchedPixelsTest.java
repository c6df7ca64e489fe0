package org.openmargin.data.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageShape;

/** A file that changes while its images are read. */
class WatchedPixelsTest {
  @TempDir Path folder;
  private Path file;
  private WatchedPixels pixels;

  @BeforeEach
  void open() throws IOException {
    file = Files.write(folder.resolve("images"), new byte[] {1, 2, 3, 4});
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    pixels = WatchedPixels.of(file, FilePixels.open(file, 0, new ImageShape(1, 1, 1)));
  }

  private byte read(int index) {
    var target = new byte[1];
    pixels.copyTo(index, target, 0);
    return target[0];
  }

  private void assertRefused() {
    assertThatThrownBy(() -> read(2))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + " was changed while its images were read");
  }

  @Test
  void anUnchangedFileIsRead() {
    assertThat(read(2)).isEqualTo((byte) 3);
  }

  @Test
  void anOverwrittenFileIsRefusedEvenIfTheClockWentBack() throws IOException {
    Files.write(file, new byte[] {9, 9, 9, 9});
    Files.setLastModifiedTime(file, FileTime.fromMillis(500_000));
    assertRefused();
  }

  @Test
  void aFileThatGrewIsRefused() throws IOException {
    Files.write(file, new byte[] {1, 2, 3, 4, 5});
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    assertRefused();
  }

  @Test
  void aFilePutInItsPlaceOrItsRemovalDoNoHarm() throws IOException {
    var other = Files.write(folder.resolve("other"), new byte[] {9, 9, 9, 9});
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(read(2)).isEqualTo((byte) 3);
    Files.delete(file);
    assertThat(read(1)).isEqualTo((byte) 2);
  }
}

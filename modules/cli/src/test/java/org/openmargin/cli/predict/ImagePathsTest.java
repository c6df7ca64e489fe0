package org.openmargin.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;

class ImagePathsTest {
  @TempDir private Path folder;

  @Test
  void findsTheImagesOfAFolderAtAnyDepth() throws IOException {
    var deep = Files.createDirectories(folder.resolve("a/b"));
    var image = Files.createFile(deep.resolve("1.PNG"));
    Files.createFile(deep.resolve("notes.txt"));
    var found = ImagePaths.of(List.of(folder));
    assertThat(found.files()).containsExactly(image);
    assertThat(found.skipped())
        .containsExactly(
            folder
                + ": 1 file skipped, because only JPEG, PNG, GIF, BMP, TIFF, WebP or DICOM images are read: a/b/notes.txt");
  }

  @Test
  void namesTheFolderBelowThatMayNotBeRead() throws IOException {
    var closed = Files.createDirectories(folder.resolve("a/closed"));
    closed.toFile().setReadable(false);
    try {
      assumeFalse(Files.isReadable(closed), "root may read everything");
      assertThatThrownBy(() -> ImagePaths.of(List.of(folder)))
          .isInstanceOf(DataException.class)
          .hasMessage(closed + ": cannot be listed: permission denied");
    } finally {
      closed.toFile().setReadable(true);
    }
  }
}

package org.openmargin.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicTextFileTest {
  @TempDir Path folder;

  @Test
  void anOldFileIsReplacedAndNothingElseIsLeft() throws IOException {
    var file = folder.resolve("a.txt");
    Files.writeString(file, "old and longer");
    AtomicTextFile.write(file, writer -> writer.write("néw"));
    assertThat(Files.readString(file)).isEqualTo("néw");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void aFailedWriteKeepsTheOldFileAndLeavesNothingBehind() throws IOException {
    var file = folder.resolve("a.txt");
    Files.writeString(file, "old");
    assertThatThrownBy(
            () ->
                AtomicTextFile.write(
                    file,
                    writer -> {
                      writer.write("half".repeat(100_000));
                      throw new IOException("no space left");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");
    assertThat(Files.readString(file)).isEqualTo("old");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void aFolderInTheWayIsAnErrorThatLeavesNothingBehind() throws IOException {
    var file = folder.resolve("a.txt");
    Files.createDirectories(file.resolve("inner"));
    assertThatThrownBy(() -> AtomicTextFile.write(file, writer -> writer.write("text")))
        .isInstanceOf(IOException.class);
    assertThat(names()).containsExactly("a.txt");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}

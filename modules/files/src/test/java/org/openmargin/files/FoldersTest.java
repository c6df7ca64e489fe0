package org.openmargin.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir private Path folder;

  private Path staged() throws IOException {
    var staged = folder.resolve(".staged");
    Files.createDirectories(staged.resolve("a/b"));
    Files.writeString(staged.resolve("a/b/file"), "text");
    return staged;
  }

  @Test
  void publishedFolderHasItsNameAndAllThatIsInIt() throws IOException {
    var target = folder.resolve("1");
    Folders.publish(staged(), target);
    assertThat(target.resolve("a/b/file")).hasContent("text");
    assertThat(folder).isDirectoryNotContaining("glob:**.staged");
  }

  @Test
  void existingFolderIsNotPublishedOver() throws IOException {
    var target = Files.createDirectory(folder.resolve("1"));
    var staged = staged();
    assertThatThrownBy(() -> Folders.publish(staged, target))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(staged.resolve("a/b/file")).exists();
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void movedFileReplacesTheOldOne() throws IOException {
    var from = Files.writeString(folder.resolve("from"), "new");
    var to = Files.writeString(folder.resolve("to"), "old");
    Folders.move(from, to);
    assertThat(to).hasContent("new");
    assertThat(from).doesNotExist();
  }

  @Test
  void deletesATreeAndAcceptsThatThereIsNone() throws IOException {
    var staged = staged();
    Folders.delete(staged);
    assertThat(folder).isEmptyDirectory();
    Folders.delete(staged);
  }
}

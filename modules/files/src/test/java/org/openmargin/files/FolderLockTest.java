package org.openmargin.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir private Path folder;

  private FolderLock lock() {
    return new FolderLock(folder.resolve("new/.lock"));
  }

  @Test
  void onlyOneHolderAtATime() throws IOException {
    var inner =
        lock()
            .tryHolding(
                () -> lock().tryHolding(() -> 1).isEmpty() && lock().holding(() -> 2).isEmpty());
    assertThat(inner).contains(true);
  }

  @Test
  void lockIsGivenBackAfterTheWorkAndAfterAFailure() throws IOException {
    assertThat(lock().holding(() -> 1)).contains(1);
    assertThatThrownBy(
            () ->
                lock()
                    .tryHolding(
                        () -> {
                          throw new IOException("no");
                        }))
        .hasMessage("no");
    assertThat(lock().tryHolding(() -> 2)).contains(2);
  }

  @Test
  void fileThatCannotBeLockedIsAnError() throws IOException {
    var taken = Files.createDirectories(folder.resolve("new/.lock"));
    assertThatThrownBy(() -> lock().tryHolding(() -> 1)).isInstanceOf(IOException.class);
    Files.delete(taken);
    assertThat(lock().tryHolding(() -> 1)).contains(1);
  }
}

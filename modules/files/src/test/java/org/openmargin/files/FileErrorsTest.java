package org.openmargin.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileErrorsTest {
  @TempDir private Path folder;

  @Test
  void pathsBecomeReasons() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    assertThat(reason(() -> Files.readString(folder.resolve("none"))))
        .isEqualTo("there is no such file or folder");
    assertThat(reason(() -> Files.createDirectories(file)))
        .isEqualTo("there is a file where a folder must be");
    assertThat(FileErrors.reason(new AccessDeniedException("some"))).isEqualTo("permission denied");
    assertThat(FileErrors.reason(new FileSystemException("a", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(FileErrors.reason(new IOException("damaged"))).isEqualTo("damaged");
    assertThat(FileErrors.reason(new IOException())).isEqualTo("IOException");
  }

  private static String reason(ThrowingCallable call) {
    return FileErrors.reason(catchThrowableOfType(IOException.class, call));
  }
}

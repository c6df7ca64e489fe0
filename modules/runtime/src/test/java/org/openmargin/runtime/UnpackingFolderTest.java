package org.openmargin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingFolderTest {
  private static LinkageError failure() {
    return new UnsatisfiedLinkError("no jnitensorflow in java.library.path: /usr/lib");
  }

  @Test
  void aFullDiskIsTheReason() {
    var reason = new UnpackingFolder("/home/me/.javacpp", true, 50).reason(failure());
    assertThat(reason)
        .startsWith("no room in /home/me/.javacpp to unpack TensorFlow's libraries")
        .contains("50 MiB are free", "org.bytedeco.javacpp.cachedir")
        .doesNotContain("java.library.path");
  }

  @Test
  void aFolderThatMayNotBeWrittenIsTheReason() {
    var reason = new UnpackingFolder("/ro/.javacpp", false, 5000).reason(failure());
    assertThat(reason).contains("no permission to write in /ro/.javacpp");
  }

  @Test
  void elseTheReasonIsThatOfTheLoader() {
    var reason = new UnpackingFolder("/home/me/.javacpp", true, 5000).reason(failure());
    assertThat(reason).contains("no jnitensorflow", "/home/me/.javacpp");
  }

  @Test
  void aFolderThatIsNotThereYetIsJudgedByTheOneAboveIt(@TempDir Path folder) {
    var found = UnpackingFolder.of(new File(folder.toFile(), "a/b/c"));
    assertThat(found.writable()).isTrue();
    assertThat(found.freeMib()).isPositive();
  }
}

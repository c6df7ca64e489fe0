package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.serving.ModelException;

class ModelFolderTest {
  @TempDir Path root;

  /** Exports version 1 in a process of its own, from when it says so until its input ends. */
  public static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] arguments) throws IOException {
      var folder = new ModelFolder(Path.of(arguments[0]));
      folder.exporting(
          () -> {
            System.out.println("exporting");
            while (System.in.read() >= 0) {}
            try (var staged = StagedDirectory.open(folder.path(), OptionalLong.empty())) {
              return staged.publish();
            }
          });
    }
  }

  @Test
  void anExportBesideThatOfAnotherProcessGetsTheNextVersion() throws Exception {
    var model = root.resolve("models/blood");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    var other =
        new ProcessBuilder(java, "-cp", classPath, OtherProcess.class.getName(), model.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("exporting");
      var here = CompletableFuture.supplyAsync(() -> exportedVersion(model));
      other.getOutputStream().close();
      assertThat(other.waitFor()).isZero();
      assertThat(here.get()).isEqualTo(2);
    }
    assertThat(model.resolve("1")).isDirectory();
    assertThat(model.resolve("2")).isDirectory();
  }

  private static long exportedVersion(Path model) {
    try {
      return new ModelFolder(model)
          .exporting(
              () -> {
                try (var staged = StagedDirectory.open(model, OptionalLong.empty())) {
                  staged.publish();
                  return staged.version();
                }
              });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anExportWithinAnExportIsRefused() {
    var folder = new ModelFolder(root.resolve("blood"));
    assertThatThrownBy(() -> folder.exporting(() -> folder.exporting(() -> 1)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("another thread of this process exports to");
    assertThat(root.resolve("blood")).doesNotExist();
  }

  @Test
  void theRemainsOfKilledExportsAreRemovedAndNothingElse() throws IOException {
    var model = root.resolve("blood");
    Files.createDirectories(model.resolve(".export-1-0b5c/variables"));
    Files.writeString(model.resolve(".export-1-0b5c/variables/variables.index"), "x");
    Files.createDirectories(model.resolve(".export-7-77aa"));
    Files.createDirectories(model.resolve("3"));
    Files.writeString(model.resolve("notes.txt"), "mine");
    new ModelFolder(model).exporting(() -> 1);
    try (var children = Files.list(model)) {
      assertThat(children.map(child -> child.getFileName().toString()))
          .containsExactlyInAnyOrder("3", "notes.txt", ModelFolder.LOCK);
    }
  }

  @Test
  void aFailedFirstExportLeavesNoFolders() throws IOException {
    var model = root.resolve("a/b/blood");
    assertThatThrownBy(
            () ->
                new ModelFolder(model)
                    .exporting(
                        () -> {
                          throw new IOException("disk full");
                        }))
        .hasMessage("disk full");
    assertThat(root.resolve("a")).doesNotExist();
  }
}

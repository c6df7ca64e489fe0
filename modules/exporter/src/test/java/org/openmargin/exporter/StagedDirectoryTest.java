package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.ModelVersions;

class StagedDirectoryTest {
  @TempDir Path root;

  @Test
  void noVersionIsVisibleBeforeItIsPublished() throws IOException {
    var model = root.resolve("a/b/model");
    try (var staged = StagedDirectory.open(model, OptionalLong.empty())) {
      Files.writeString(staged.path().resolve("file"), "content");
      assertThat(ModelVersions.in(model)).isEmpty();

      assertThat(staged.publish()).isEqualTo(model.resolve("1"));
    }
    assertThat(model.resolve("1/file")).hasContent("content");
    assertThat(names(model)).containsExactly("1");
  }

  @Test
  void withoutPublishingEverythingCreatedIsDeleted() throws IOException {
    var model = root.resolve("a/b/model");
    try (var staged = StagedDirectory.open(model, OptionalLong.empty())) {
      Files.createDirectory(staged.path().resolve("directory"));
      Files.writeString(staged.path().resolve("directory/file"), "content");
      staged.writeBeside("README.md", "text");
      assertThat(model.resolve("README.md")).hasContent("text");
    }
    assertThat(names(root)).isEmpty();
  }

  @Test
  void filesOfOthersStay() throws IOException {
    var model = root.resolve("a/model");
    try (var staged = StagedDirectory.open(model, OptionalLong.empty())) {
      Files.createDirectory(model.resolve("5"));
      assertThat(staged.version()).isEqualTo(1);
    }
    assertThat(names(model)).containsExactly("5");
  }

  @Test
  void filesBesideAreReplacedAtomically() throws IOException {
    Files.writeString(root.resolve("README.md"), "old");
    try (var staged = StagedDirectory.open(root, OptionalLong.empty())) {
      staged.writeBeside("README.md", "new");
    }
    assertThat(root.resolve("README.md")).hasContent("new");
    assertThat(names(root)).containsExactly("README.md");
  }

  @Test
  void leadingZerosAreTheSameVersion() throws IOException {
    Files.createDirectory(root.resolve("007"));

    assertThatThrownBy(() -> StagedDirectory.open(root, OptionalLong.of(7)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("already has a version 7");
    try (var staged = StagedDirectory.open(root, OptionalLong.empty())) {
      assertThat(staged.version()).isEqualTo(8);
    }
  }

  @Test
  void timesAreVersions() throws IOException {
    Files.createDirectory(root.resolve("9"));
    Files.createDirectory(root.resolve("1732330000123"));

    assertThat(ModelVersions.in(root).lastKey()).isEqualTo(1_732_330_000_123L);
    try (var staged = StagedDirectory.open(root, OptionalLong.empty())) {
      assertThat(staged.version()).isEqualTo(1_732_330_000_124L);
    }
  }

  @Test
  void theSlowerOfTwoExportsDoesNotOverwrite() throws IOException {
    try (var first = StagedDirectory.open(root, OptionalLong.of(1));
        var second = StagedDirectory.open(root, OptionalLong.of(1))) {
      Files.writeString(first.path().resolve("file"), "first");
      Files.writeString(second.path().resolve("file"), "second");
      first.publish();

      assertThatThrownBy(second::publish).isInstanceOf(IOException.class);
    }
    assertThat(root.resolve("1/file")).hasContent("first");
    assertThat(names(root)).containsExactly("1");
  }

  private static List<String> names(Path directory) throws IOException {
    try (var children = Files.list(directory)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}

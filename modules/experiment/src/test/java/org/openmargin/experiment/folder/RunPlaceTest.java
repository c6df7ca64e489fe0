package org.openmargin.experiment.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.v1.DataConfig;

class RunPlaceTest {
  @TempDir Path folder;
  private Path images;

  @BeforeEach
  void makeImages() throws IOException {
    images = Files.createDirectories(folder.resolve("data/images"));
    Files.createDirectories(images.resolve("a"));
  }

  private void refused(Path run, String... reasons) {
    assertThatThrownBy(() -> new RunPlace(run, List.of(images)).requireUsable())
        .isInstanceOf(RunException.class)
        .hasMessageContainingAll(reasons);
  }

  private void accepted(Path run) {
    assertThatCode(() -> new RunPlace(run, List.of(images)).requireUsable())
        .doesNotThrowAnyException();
  }

  @Test
  void foldersOfMergedSourcesAreImagesToo() {
    var data = DataConfig.newBuilder();
    data.getMergedBuilder().addSourcesBuilder().getFolderBuilder().setPath("one");
    data.getMergedBuilder().addSourcesBuilder().getNpzBuilder().setPath("cells.npz");
    data.getMergedBuilder().addSourcesBuilder().getFolderBuilder().setPath("other");
    assertThat(RunPlace.imageFolders(data.build()))
        .containsExactly(Path.of("one"), Path.of("other"));
    var own = DataConfig.newBuilder();
    own.getFolderBuilder().setPath("mine");
    assertThat(RunPlace.imageFolders(own.build())).containsExactly(Path.of("mine"));
    assertThat(RunPlace.imageFolders(DataConfig.getDefaultInstance())).isEmpty();
  }

  @Test
  void aRunLiesApartFromTheImages() throws IOException {
    refused(images, "is the folder of the images");
    refused(images.resolve("runs/new"), "lies in the folder of the images");
    refused(images.resolve("../images/./runs"), "lies in the folder of the images");
    refused(folder.resolve("data"), "contains the folder of the images");
    refused(folder, "contains the folder of the images");
    var link = Files.createSymbolicLink(folder.resolve("link"), images);
    refused(link.resolve("run"), "lies in the folder of the images");
    accepted(folder.resolve("data/images-runs"));
    accepted(folder.resolve("runs/new"));
  }

  @Test
  void aNewRunNeedsANewOrEmptyFolder() throws IOException {
    var other = Files.createDirectories(folder.resolve("other"));
    accepted(other);
    Files.createFile(other.resolve("lock"));
    Files.writeString(other.resolve("log.txt"), "started");
    accepted(other);
    Files.createFile(other.resolve("thesis.tex"));
    refused(other, "holds no run but other files (thesis.tex)", "another TrainRequest.folder");
    refused(Files.createFile(folder.resolve("file")), "is a file");
    refused(folder.resolve("file/run"), "cannot be a folder", "file is a file");
  }

  @Test
  void aModelDoesNotBecomeAClassOfTheImages() throws IOException {
    var images = Files.createDirectories(folder.resolve("cells"));
    RunPlace.requireApart("model", folder.resolve("models/cells"), images, "ModelRequest.base");
    for (var place : List.of(images, images.resolve("models/cells"))) {
      assertThatThrownBy(() -> RunPlace.requireApart("model", place, images, "ModelRequest.base"))
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith("the model folder " + place)
          .hasMessageContaining("its files would become classes; give another ModelRequest.base");
    }
  }

  @Test
  void anEmptyNameIsNoFolder() {
    refused(Path.of(""), "the name of the run folder is empty", "runs/mine");
    refused(Path.of("  "), "the name of the run folder is empty");
  }
}

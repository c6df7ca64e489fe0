package org.openmargin.data.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.Pixels;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.division.Division;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.PixelForm;
import org.openmargin.data.synthetic.SyntheticCells;

class TfRecordSourceTest {
  private static final int SIZE_PX = 16;
  private final List<String> notices = new ArrayList<>();
  @TempDir private Path folder;
  private Dataset written;

  @BeforeEach
  void write() throws IOException {
    var cells = new SyntheticCells(new SyntheticCells.Settings(SIZE_PX, 6, 2, 2, 1)).load();
    written =
        new Dataset(
            "cells",
            cells.classNames(),
            grouped(cells.train()),
            cells.validation(),
            cells.test(),
            cells.digest());
    new TfRecordFolder(folder.resolve("records")).write(new PixelRecords(written));
  }

  @Test
  void imagesClassesAndGroupsAreThoseThatWereWritten() {
    var read = source(folder.resolve("records")).load();
    assertThat(read.classNames()).isEqualTo(written.classNames());
    for (var part : List.of("train", "validation", "test")) {
      var own = read.parts().get(part);
      var was = written.parts().get(part);
      assertThat(own.count()).isEqualTo(was.count());
      for (var row = 0; row < was.count(); row++) {
        var at = own.ids().indexOf(was.ids().get(row));
        assertThat(own.labels()[at]).isEqualTo(was.labels()[row]);
        assertThat(Pixels.unsigned(own.images(), at)).isEqualTo(Pixels.unsigned(was.images(), row));
      }
    }
    assertThat(new HashSet<>(read.train().groups()))
        .isEqualTo(new HashSet<>(written.train().groups()));
    assertThat(read.digest()).isEqualTo(source(folder.resolve("records")).load().digest());
  }

  @Test
  void withoutValidationImagesGroupsOfTheTrainingPartAreTaken() throws IOException {
    Files.delete(folder.resolve("records/validation.tfrecord"));
    var read = source(folder.resolve("records")).load();
    assertThat(read.train().count() + read.validation().count()).isEqualTo(written.train().count());
    assertThat(read.validation().count()).isPositive();
    assertThat(read.validation().groups()).doesNotContainAnyElementsOf(read.train().groups());
  }

  @Test
  void whatIsMissingOrDamagedIsSaid() throws IOException {
    var records = folder.resolve("records");
    assertThatThrownBy(() -> source(records.resolve("train.tfrecord")).load())
        .hasMessageEndingWith("train.tfrecord: no image is in the part 'test'");
    assertThatThrownBy(() -> source(Files.createDirectory(folder.resolve("empty"))).load())
        .hasMessageContaining("no TFRecord file in it");
    assertThatThrownBy(() -> source(folder.resolve("none")).load())
        .hasMessageContaining("no such file or folder of TFRecord files");
    var file = records.resolve("test.tfrecord");
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
    assertThatThrownBy(() -> source(records).load())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the file ends inside it");
  }

  private TfRecordSource source(Path path) {
    return new TfRecordSource(
        path,
        "records",
        new PixelForm(ImageGeometry.square(SIZE_PX), 3),
        new Division(new SplitFractions(0.3, 0, 0)),
        ImageStorage.memory(notices::add));
  }

  private static LabeledImages grouped(LabeledImages images) {
    var groups = new ArrayList<String>();
    for (var row = 0; row < images.count(); row++) {
      groups.add("patient " + row / 2);
    }
    return new LabeledImages(images.images(), images.labels(), images.ids(), groups);
  }
}

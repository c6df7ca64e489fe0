package org.openmargin.data.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.Images;
import org.openmargin.data.Pixels;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.division.Division;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.data.source.PixelForm;

class ManifestSourceTest {
  private static final SplitFractions FRACTIONS = new SplitFractions(0.2, 0.2, 0);

  @TempDir private Path folder;
  private final List<String> notices = new ArrayList<>();

  @Test
  void givenPartsAreKeptWithGroupsAndPixels() throws IOException {
    var table = table(6);
    for (var i = 0; i < 6; i++) {
      var part = List.of("train", "train", "val", "val", "test", "test").get(i);
      table.add("images/%d.png,%s,%s,p%d".formatted(i, i % 2 == 0 ? "a" : "b", part, i));
    }
    var dataset = load("path,label,split,patient_id", table);
    assertThat(dataset.classNames()).containsExactly("a", "b");
    assertThat(dataset.test().ids()).containsExactly("images/4.png", "images/5.png");
    assertThat(dataset.test().labels()).containsExactly(0, 1);
    assertThat(dataset.test().groups()).containsExactly("p4", "p5");
    assertThat(Pixels.unsigned(dataset.test().images(), 1)).containsOnly(5);
    assertThat(dataset.entries().get(2))
        .isEqualTo(
            new DataEntry(
                "images/2.png",
                "a",
                Optional.of(Split.VALIDATION),
                Optional.of("p2"),
                Optional.empty()));
    assertThat(notices).isEmpty();
  }

  @Test
  void validationImagesAreTakenFromTheTrainingPartByPatients() throws IOException {
    var table = table(60);
    for (var i = 0; i < 60; i++) {
      var part = i < 40 ? "train" : "test";
      table.add("images/%d.png,%s,%s,p%d".formatted(i, i % 2 == 0 ? "a" : "b", part, i / 4));
    }
    var dataset = load("path,label,split,patient", table);
    assertThat(dataset.test().count()).isEqualTo(20);
    assertThat(dataset.validation().count()).isEqualTo(8);
    assertThat(dataset.validation().groups()).doesNotContainAnyElementsOf(dataset.train().groups());
  }

  @Test
  void withoutPartsPatientsAreDividedAndTheWrittenDivisionGivesTheSameDataSet() throws IOException {
    var table = table(60);
    for (var i = 0; i < 60; i++) {
      table.add("images/%d.png,%s,p%d,note %d".formatted(i, i % 3 == 0 ? "a" : "b", i / 4, i));
    }
    var dataset = load("path,label,patient,note", table);
    assertThat(dataset.train().count() + dataset.validation().count() + dataset.test().count())
        .isEqualTo(60);
    for (var others : List.of(dataset.validation(), dataset.test())) {
      assertThat(others.groups())
          .isNotEmpty()
          .doesNotContainAnyElementsOf(dataset.train().groups());
    }
    var manifest = Manifest.read(folder.resolve("m.csv"), Manifest.Settings.USUAL);
    var written = folder.resolve("splits/seed0.csv");
    var rows = new DividedRows(manifest, new Division(FRACTIONS)).rows();
    new SplitFile(written).write(rows, manifest.otherColumns());
    assertThat(Files.readAllLines(written).get(0)).isEqualTo("path,label,split,group,note");
    assertThat(Files.readAllLines(written).get(1)).matches("../images/0.png,a,\\w+,p0,note 0");
    var again = source(written).load();
    assertThat(pixels(again)).isEqualTo(pixels(dataset));
    assertThat(again.test().groups()).isEqualTo(dataset.test().groups());
  }

  @Test
  void theDigestChangesWithContentsGroupsAndParts() throws IOException {
    var table = table(6);
    for (var i = 0; i < 6; i++) {
      var part = List.of("train", "val", "test").get(i / 2);
      table.add("images/%d.png,%s,%s,p%d".formatted(i, i % 2 == 0 ? "a" : "b", part, i));
    }
    var first = load("path,label,split,group", table).digest();
    assertThat(load("path,label,split,group", table).digest()).isEqualTo(first);
    var otherGroup = table.stream().map(line -> line.replace(",p5", ",p0")).toList();
    assertThatThrownBy(() -> load("path,label,split,group", otherGroup))
        .hasMessageContaining(": train line 2, test line 7");
    var renamed = table.stream().map(line -> line.replace(",p1", ",q1")).toList();
    assertThat(load("path,label,split,group", renamed).digest()).isNotEqualTo(first);
    write(folder.resolve("images/0.png"), 99);
    assertThat(load("path,label,split,group", table).digest()).isNotEqualTo(first);
  }

  @Test
  void aDivisionWithoutTestImagesAndDamagedImagesAreRefused() throws IOException {
    var table = table(4);
    for (var i = 0; i < 4; i++) {
      table.add("images/%d.png,%s,train".formatted(i, i % 2 == 0 ? "a" : "b"));
    }
    assertThatThrownBy(() -> load("path,label,split", table))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("m.csv: no image is in the part 'test'");
    Files.writeString(folder.resolve("images/1.png"), "no image");
    var tested = table.stream().map(line -> line.replace("3.png,b,train", "3.png,b,test")).toList();
    assertThatThrownBy(() -> load("path,label,split", tested)).hasMessageContaining("m.csv");
    var whole =
        List.of(
            "images/0.png,a,train",
            "images/1.png,b,train",
            "images/2.png,a,val",
            "images/3.png,b,test");
    assertThatThrownBy(() -> load("path,label,split", whole))
        .hasMessageContaining("1 image file cannot be used")
        .hasMessageContaining("1.png");
  }

  @Test
  void sizesAreThoseOfTrainingImages() throws IOException {
    var table = table(2);
    table.add("images/0.png,a,train");
    table.add("images/1.png,a,test");
    Files.write(
        folder.resolve("m.csv"),
        Stream.concat(Stream.of("path,label,split"), table.stream()).toList());
    assertThatThrownBy(() -> source(folder.resolve("m.csv")).trainingSizes())
        .hasMessageContaining("'a' has 1");
    table.add("images/2.png,a,val");
    write(folder.resolve("images/2.png"), 1);
    Files.write(
        folder.resolve("m.csv"),
        Stream.concat(Stream.of("path,label,split"), table.stream()).toList());
    var sizes = source(folder.resolve("m.csv")).trainingSizes().orElseThrow();
    assertThat(sizes.sizes()).hasSize(1);
    assertThat(sizes.shorterSide().median()).isEqualTo(8);
  }

  /** Images whose pixels are all their number; an empty list for rows. */
  private List<String> table(int images) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    for (var i = 0; i < images; i++) {
      write(folder.resolve("images/%d.png".formatted(i)), i);
    }
    return new ArrayList<>();
  }

  private static void write(Path file, int value) throws IOException {
    var pixels = new byte[8 * 8 * 3];
    Arrays.fill(pixels, (byte) value);
    Files.write(file, ImageFiles.png(Images.of(8, 8, 3, pixels), 0));
  }

  private Dataset load(String header, List<String> rows) throws IOException {
    var file = folder.resolve("m.csv");
    Files.write(file, Stream.concat(Stream.of(header), rows.stream()).toList());
    return source(file).load();
  }

  private ManifestSource source(Path file) {
    var settings =
        new ManifestSource.Settings(
            Manifest.Settings.USUAL,
            new PixelForm(ImageGeometry.square(8), 3),
            names -> new Division(FRACTIONS));
    return new ManifestSource(file, "cells", settings, ImageStorage.memory(notices::add));
  }

  private static List<String> pixels(Dataset dataset) {
    var all = new ArrayList<String>();
    dataset
        .parts()
        .forEach(
            (part, images) -> {
              for (var i = 0; i < images.count(); i++) {
                all.add(part + images.labels()[i] + " " + Pixels.unsigned(images.images(), i)[0]);
              }
            });
    return all;
  }
}

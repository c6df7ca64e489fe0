package org.openmargin.data.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.Images;
import org.openmargin.data.Pixels;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.convert.ImageFolder;
import org.openmargin.data.division.Division;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.data.source.PixelForm;

/** Tables that hold their images, and folders of tables. */
class EmbeddedImagesTest {
  @TempDir private Path folder;
  private final List<String> notices = new ArrayList<>();

  @Test
  void imagesComeFromTheTableWithItsPartsGroupsAndClasses() throws IOException {
    var rows = new ArrayList<String>();
    for (var i = 0; i < 12; i++) {
      var part = i < 6 ? "train" : i < 9 ? "valid" : "test";
      rows.add("%s|%s|%s|p%d".formatted(png(i), i % 2 == 0 ? "a" : "b", part, i));
    }
    var table = SampleTable.write(folder.resolve("t"), "image|label|split|patient", rows);
    var dataset = source(table, "").load();
    assertThat(dataset.classNames()).containsExactly("a", "b");
    assertThat(dataset.train().ids()).startsWith("row-1", "row-2").hasSize(6);
    assertThat(dataset.test().ids()).containsExactly("row-10", "row-11", "row-12");
    assertThat(dataset.test().groups()).containsExactly("p9", "p10", "p11");
    assertThat(dataset.test().labels()).containsExactly(1, 0, 1);
    assertThat(Pixels.unsigned(dataset.test().images(), 2)).containsOnly(11);
    assertThat(source(table, "").fileFacts()).hasSize(12).containsKey("row-12");
    assertThat(source(table, "").trainingSizes().orElseThrow().sizes()).hasSize(6);
    assertThat(notices).isEmpty();
  }

  @Test
  void theDataSetIsThatOfTheSameImagesAsFiles() throws IOException {
    var rows = new ArrayList<String>();
    for (var i = 0; i < 40; i++) {
      rows.add("%s|%d.png|%s|p%d".formatted(png(i), i, i % 2 == 0 ? "a" : "b", i / 2));
    }
    var table = SampleTable.write(folder.resolve("t"), "image|path|label|patient", rows);
    var manifest = Manifest.read(table, Manifest.Settings.USUAL);
    var files = folder.resolve("files");
    var divided = new DividedRows(manifest, new Division(SplitFractions.DEFAULT)).rows();
    new ImageFolder(files).write(manifest.records(divided, manifest.labels()));
    var own = source(table, "").load();
    var others = source(files.resolve("manifest.csv"), "").load();
    assertThat(own.test().ids()).allMatch(id -> id.matches("\\d+.png"));
    assertThat(own.test().groups()).isEqualTo(others.test().groups());
    for (var row = 0; row < own.test().count(); row++) {
      assertThat(Pixels.of(own.test().images(), row))
          .isEqualTo(Pixels.of(others.test().images(), row));
    }
  }

  @Test
  void namesThatSeveralImagesHaveAreNotUsed() throws IOException {
    var rows = List.of(png(0) + "|x.png|a", png(1) + "|x.png|b", png(2) + "||b", png(3) + "|y|a");
    var table = SampleTable.write(folder.resolve("t"), "image|path|label", rows);
    assertThat(Manifest.read(table, Manifest.Settings.USUAL).rows())
        .extracting(row -> row.entry().id())
        .containsExactly("row-1", "row-2", "row-3", "y");
  }

  @Test
  void imagesThatCannotBeReadAreNamedByRow() throws IOException {
    var rows = new ArrayList<String>();
    for (var i = 0; i < 30; i++) {
      rows.add((i == 4 ? "" : i == 6 ? "AAAA" : png(i)) + "|" + (i % 2 == 0 ? "a" : "b"));
    }
    var table = SampleTable.write(folder.resolve("t"), "bytes|label", rows);
    assertThatThrownBy(() -> source(table, "").load())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 images cannot be used: row-5 (")
        .hasMessageContaining("row-7 (");
  }

  @Test
  void aTableThatNamesFilesIsReadThatWayIfItIsAskedTo() throws IOException {
    Files.write(folder.resolve("x.png"), Base64.getDecoder().decode(png(0)));
    var table =
        SampleTable.write(folder.resolve("t"), "image|path|label", List.of(png(1) + "|x.png|a"));
    var columns = new ManifestColumns("path", "", "", "", "", "");
    var settings = new Manifest.Settings(columns, Optional.empty(), "", List.of(), List.of());
    assertThat(Manifest.read(table, settings).embedded()).isEmpty();
    assertThat(Manifest.read(table, Manifest.Settings.USUAL).embedded()).isPresent();
  }

  @Test
  void aFolderOfTablesIsOneWhoseFilesSayTheParts() throws IOException {
    var data = folder.resolve("data");
    write(data.resolve("train-00000-of-00002.imagetab"), 0, 10);
    write(data.resolve("train-00001-of-00002.imagetab"), 10, 20);
    write(data.resolve("test-00000-of-00001.imagetab"), 20, 26);
    Files.writeString(data.resolve("README.md"), "about");
    assertThat(Manifest.isTable(data)).isTrue();
    var dataset = source(data, "").load();
    assertThat(dataset.test().count()).isEqualTo(6);
    assertThat(dataset.train().count() + dataset.validation().count()).isEqualTo(20);
    assertThat(dataset.validation().count()).isPositive();
    assertThat(Pixels.unsigned(dataset.test().images(), 0)).containsOnly(20);
    write(data.resolve("more.imagetab"), 26, 28);
    assertThatThrownBy(() -> source(data, "").load())
        .hasMessageContaining("more.imagetab: does not say its part");
    SampleTable.write(data.resolve("more.imagetab"), "image|class", List.of());
    assertThatThrownBy(() -> source(data, "").load())
        .hasMessageContaining("files of one table have the same columns");
  }

  @Test
  void aFolderWithImagesIsNoTable() throws IOException {
    write(folder.resolve("a/list.imagetab"), 0, 2);
    assertThat(Manifest.isTable(folder)).isTrue();
    Files.write(folder.resolve("a/0.png"), Base64.getDecoder().decode(png(0)));
    assertThat(Manifest.isTable(folder)).isFalse();
  }

  private static void write(Path file, int from, int until) throws IOException {
    var rows = new ArrayList<String>();
    for (var i = from; i < until; i++) {
      rows.add(png(i) + "|" + (i % 2 == 0 ? "a" : "b"));
    }
    SampleTable.write(file, "image|label", rows);
  }

  private static String png(int value) {
    var pixels = new byte[8 * 8 * 3];
    Arrays.fill(pixels, (byte) value);
    return Base64.getEncoder().encodeToString(ImageFiles.png(Images.of(8, 8, 3, pixels), 0));
  }

  private ManifestSource source(Path table, String path) {
    var columns = new ManifestColumns(path, "", "", "", "", "");
    var settings = new Manifest.Settings(columns, Optional.empty(), "", List.of(), List.of());
    var division = new Division(SplitFractions.DEFAULT);
    return new ManifestSource(
        table,
        "t",
        new ManifestSource.Settings(
            settings, new PixelForm(ImageGeometry.square(8), 3), names -> division),
        ImageStorage.memory(notices::add));
  }
}

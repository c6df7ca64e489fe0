package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.division.Division;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.manifest.ManifestColumns;
import org.openmargin.data.manifest.ManifestSource;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.FolderSource;
import org.openmargin.data.source.PixelForm;
import org.openmargin.files.image.LevelRule;

/** Tables of identifiers, and files of several frames. */
class DicomSourcesTest {
  private static final int SIDE = 4;
  private static final String UID = "1.2.826.0.1.3680043.2.1125.";

  @TempDir private Path folder;
  private final List<String> notices = new ArrayList<>();

  @Test
  void rowsFindFilesByTheirIdentifiersWhichNothingRepeats() throws IOException {
    for (var i = 0; i < 12; i++) {
      dicom("scans/%s7/%s%d.dcm".formatted(UID, UID, i), UID + i, i % 2 == 0 ? 1024 : 1100);
    }
    var table = table(12, "");
    var dataset = source(table, columns("sop")).load();
    assertThat(dataset.classNames()).containsExactly("dark", "light");
    assertThat(dataset.entries()).hasSize(12).allMatch(e -> e.id().matches("line-\\d+"));
    for (var part : dataset.parts().values()) {
      for (var row = 0; row < part.count(); row++) {
        var pixels = new byte[part.images().bytesPerImage()];
        part.images().copyTo(row, pixels, 0);
        assertThat(Byte.toUnsignedInt(pixels[0]) > 132).isEqualTo(part.labels()[row] == 1);
      }
    }
    assertThat(dataset.digest()).isEqualTo(source(table, columns("sop")).load().digest());
    assertThat(String.join("\n", notices)).doesNotContain(UID);
  }

  @Test
  void whatIsMissingAndWhatNobodyNamedIsSaidAtOnce() throws IOException {
    for (var i = 0; i < 12; i++) {
      dicom("scans/%s7/%d.dcm".formatted(UID, i), UID + i, 1024);
    }
    dicom("scans/again.dcm", UID + 3, 1024);
    Files.writeString(folder.resolve("scans/cut.dcm"), "\0".repeat(128) + "DICM");
    var table = table(10, UID + "98,dark\n" + UID + "99,dark\n");
    assertThatThrownBy(() -> source(table, columns("sop")).load())
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "identifiers that no file below",
            "(2): line 12; line 13",
            "DICOM files that no row names (1): 2 in *",
            "DICOM files with one identifier (1)",
            "DICOM files without an identifier (1): cut.dcm")
        .hasMessageNotContaining(UID);
  }

  @Test
  void filesThatNoRowNamesAreLeftOutAndSaid() throws IOException {
    for (var i = 0; i < 14; i++) {
      dicom("scans/%d.dcm".formatted(i), UID + i, 1024 + i);
    }
    assertThat(source(table(12, ""), columns("sop")).load().entries()).hasSize(12);
    assertThat(notices).anyMatch(n -> n.contains("2 DICOM files are not used, because no row"));
  }

  @Test
  void aTableWithoutPathsIsReadByIdentifiersIfItHasThem() throws IOException {
    for (var i = 0; i < 12; i++) {
      dicom("scans/%d.dcm".formatted(i), UID + i, 1024);
    }
    var named = Files.readString(table(12, "")).replaceFirst("sop", "SOPInstanceUID");
    var table = Files.writeString(folder.resolve("named.csv"), named);
    assertThat(source(table, ManifestColumns.USUAL).load().entries()).hasSize(12);
    assertThatThrownBy(
            () ->
                source(table, new ManifestColumns("label", "SOPInstanceUID", "", "", "", ""))
                    .load())
        .hasMessageContaining("give path_column or id_column");
  }

  @Test
  void everyFrameIsAnImageInTheGroupOfItsFile() throws IOException {
    for (var i = 0; i < 10; i++) {
      dicom("images/%s/%d.dcm".formatted(i % 2 == 0 ? "a" : "b", i), UID + i, 1024, 1050, 1100);
    }
    dicom("images/a/single.dcm", UID + 77, 1024);
    var settings =
        new FolderSource.Settings(
            ImageGeometry.square(SIDE),
            1,
            List.of(),
            new SplitFractions(0.2, 0.2, 0),
            LevelRule.DEFAULT,
            true);
    var dataset =
        new FolderSource(folder.resolve("images"), "frames", settings, notices::add).load();
    assertThat(dataset.entries()).hasSize(31);
    var frames = dataset.entries().stream().filter(e -> e.id().contains("#")).toList();
    assertThat(frames)
        .hasSize(30)
        .allMatch(e -> e.group().equals(Optional.of(e.id().replaceFirst("#\\d$", ""))));
    for (var frame : frames) {
      assertThat(frames.stream().filter(f -> f.group().equals(frame.group())))
          .hasSize(3)
          .allMatch(f -> f.split().equals(frame.split()));
    }
    var train = dataset.train();
    var first = new byte[train.images().bytesPerImage()];
    var third = first.clone();
    var row = train.ids().indexOf(frames.get(0).id());
    train.images().copyTo(row, first, 0);
    train.images().copyTo(row + 2, third, 0);
    assertThat(train.ids().get(row)).endsWith("#1");
    assertThat(first[0] & 0xff).isLessThan(third[0] & 0xff);
    assertThat(notices).noneMatch(n -> n.contains("one of them is used"));
    assertThat(notices).noneMatch(n -> n.contains("#1 = "));
  }

  private Path table(int rows, String more) throws IOException {
    var text = new StringBuilder("sop,label\n");
    for (var i = 0; i < rows; i++) {
      text.append(UID).append(i).append(i % 2 == 0 ? ",dark\n" : ",light\n");
    }
    return Files.writeString(folder.resolve("labels.csv"), text.append(more));
  }

  private static ManifestColumns columns(String id) {
    return new ManifestColumns("", id, "", "", "", "");
  }

  private ManifestSource source(Path table, ManifestColumns columns) {
    var settings =
        new Manifest.Settings(
            columns, Optional.of(folder.resolve("scans")), "", List.of(), List.of());
    return new ManifestSource(
        table,
        "scans",
        new ManifestSource.Settings(
            settings,
            new PixelForm(ImageGeometry.square(SIDE), 1),
            names -> new Division(new SplitFractions(0.2, 0.2, 0))),
        ImageStorage.memory(notices::add));
  }

  private void dicom(String name, String uid, int... frames) throws IOException {
    var values = new int[frames.length * SIDE * SIDE];
    for (var i = 0; i < frames.length; i++) {
      Arrays.fill(values, i * SIDE * SIDE, (i + 1) * SIDE * SIDE, frames[i]);
    }
    var padded = uid.length() % 2 == 0 ? uid : uid + "\0";
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new DicomSample(padded).file(values, SIDE));
  }
}

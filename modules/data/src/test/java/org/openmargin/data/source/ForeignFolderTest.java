package org.openmargin.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Pixels;
import org.openmargin.data.foreign.Drawing;
import org.openmargin.data.foreign.ForeignGroup;
import org.openmargin.files.image.LevelRule;

class ForeignFolderTest {
  private static final ForeignFolder.Target TARGET =
      new ForeignFolder.Target(
          new ImageGeometry(OptionalInt.of(20), 12, 12), 3, 4, LevelRule.DEFAULT);

  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();

  private List<ForeignGroup> groups(Path path) {
    return new ForeignFolder(path, notices::add).groups(TARGET);
  }

  private byte[] write(String name, int heightPx, int widthPx) throws IOException {
    var png = ImageFiles.png(Drawing.STRIPES.images(new ImageShape(heightPx, widthPx, 3), 1), 0);
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, png);
    return png;
  }

  @Test
  void eachSubFolderIsAGroupAndSoAreTheFilesOfTheFolderItself() throws IOException {
    write("hands/b/2.png", 20, 33);
    write("hands/1.png", 12, 12);
    var png = write("loose.png", 40, 24);
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("notes.txt"), "not an image");
    var groups = groups(folder);
    var own = folder.getFileName().toString();
    assertThat(groups.stream().map(ForeignGroup::name)).containsExactlyInAnyOrder("hands", own);
    assertThat(groups)
        .allSatisfy(g -> assertThat(g.images().shape()).isEqualTo(new ImageShape(12, 12, 3)))
        .allSatisfy(g -> assertThat(g.origin()).isEqualTo(ForeignGroup.Origin.GIVEN));
    var loose = groups.stream().filter(g -> g.name().equals(own)).findFirst().orElseThrow();
    assertThat(Pixels.unsigned(loose.images(), 0))
        .isEqualTo(Pixels.unsigned(ImageFiles.decode(png, 3).preprocessed(TARGET.geometry()), 0));
    assertThat(notices).singleElement().asString().contains("notes.txt").doesNotContain("loose");
  }

  @Test
  void unreadableFilesAreNamedAndDoNotCount() throws IOException {
    write("mixed/1.png", 12, 12);
    Files.write(folder.resolve("mixed/2.png"), new byte[] {1, 2, 3});
    var group = groups(folder).get(0);
    assertThat(group.images().count()).isEqualTo(1);
    assertThat(group.found()).isEqualTo(2);
    assertThat(group.unreadable())
        .containsExactly(
            "mixed/2.png (no image: the file does not begin like JPEG, PNG, GIF, BMP, TIFF or WebP)");
  }

  @Test
  void ofManyFilesSomeAreUsedSpreadOverAll() throws IOException {
    for (var i = 0; i < 9; i++) {
      write("many/%d.png".formatted(i), 12, 12 + i);
    }
    var group = groups(folder.resolve("many")).get(0);
    assertThat(group.name()).isEqualTo("many");
    assertThat(group.images().count()).isEqualTo(4);
    assertThat(group.found()).isEqualTo(9);
    assertThat(Pixels.unsigned(group.images(), 3))
        .isEqualTo(
            Pixels.unsigned(
                ImageFiles.decode(folder.resolve("many/6.png"), 3).preprocessed(TARGET.geometry()),
                0));
  }

  @Test
  void aFolderWithoutUsableImagesIsRefused() throws IOException {
    assertThatThrownBy(() -> groups(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no image file");
    assertThatThrownBy(() -> groups(folder.resolve("absent")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("absent: no such folder");
    Files.createDirectories(folder.resolve("bad"));
    Files.write(folder.resolve("bad/1.png"), new byte[] {1});
    assertThatThrownBy(() -> groups(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'bad': none of 1 files can be used");
  }
}

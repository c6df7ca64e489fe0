package org.openmargin.data.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.source.ForeignFolder;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.files.image.LevelRule;

class ShiftedImagesTest {
  private static final ForeignFolder.Target TARGET =
      new ForeignFolder.Target(ImageGeometry.square(8), 3, 100, LevelRule.DEFAULT);

  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();
  private final ShiftedImages finder = new ShiftedImages(List.of("cat", "dog"), notices::add);

  private void write(String name, int level) throws IOException {
    var pixels = new byte[16 * 16 * 3];
    Arrays.fill(pixels, (byte) level);
    Files.createDirectories(folder.resolve(name).getParent());
    Files.write(folder.resolve(name), ImageFiles.png(Images.of(16, 16, 3, pixels), 0));
  }

  @Test
  void foldersNamedAsClassesGiveLabels() throws IOException {
    write("dog/1.png", 10);
    write("dog/deeper/2.png", 20);
    write("cat/1.png", 30);
    Files.writeString(folder.resolve("cat/broken.png"), "no image");
    var group = finder.given(folder, TARGET);
    assertThat(group.name()).isEqualTo(folder.getFileName().toString());
    assertThat(group.images()).extracting(KnownImages::count).containsExactly(1, 2);
    assertThat(group.images().get(0).labels()).containsExactly(0);
    assertThat(group.images().get(1).labels()).containsExactly(1, 1);
    assertThat(group.images().get(0).images().shape()).hasToString("8x8x3");
    assertThat(group.found()).isEqualTo(4);
    assertThat(group.unreadable()).singleElement().asString().startsWith("cat/broken.png");
  }

  @Test
  void foldersOfOtherNamesAndLooseFilesAreRefused() throws IOException {
    write("dog/1.png", 10);
    write("horse/1.png", 20);
    assertThatThrownBy(() -> finder.given(folder, TARGET))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("and horse is none; the known classes are [cat, dog]");
    write("loose/1.png", 10);
    assertThatThrownBy(() -> finder.given(folder.resolve("loose"), TARGET))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a folder for each known class, and loose is none");
    assertThat(finder.given(folder.resolve("dog"), TARGET).images().get(0).labels())
        .as("images in a folder of a class's name")
        .containsExactly(1);
    assertThatThrownBy(() -> finder.given(folder.resolve("absent"), TARGET))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no such folder");
  }

  @Test
  void testImagesAreCorruptedByEachKindAtEachSeverity() {
    var images = Images.of(8, 8, 1, new byte[64 * 10]);
    var labels = new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    var ids = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    var known = new KnownImages(images, labels, ids);
    var groups = ShiftedImages.corrupted(known, 4, List.of(1, 5));
    assertThat(groups)
        .extracting(ShiftedGroup::name)
        .containsExactly(
            "noise, severity 1",
            "noise, severity 5",
            "blur, severity 1",
            "blur, severity 5",
            "brightness, severity 1",
            "brightness, severity 5",
            "JPEG, severity 1",
            "JPEG, severity 5");
    assertThat(groups.get(0).images().get(0).labels()).containsExactly(0, 0, 1, 1);
    assertThat(groups.get(0).images().get(0).ids().get(1)).isEqualTo("c, noise, severity 1");
    assertThat(groups.get(0).found()).isEqualTo(10);
    assertThat(ShiftedImages.corrupted(known, 4, List.of())).isEmpty();
  }
}

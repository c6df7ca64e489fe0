package org.openmargin.inference.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataException;

class IdentityImagesTest {
  @TempDir Path folder;

  private Path file(String name) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[] {1});
  }

  @Test
  void aFolderIsAnIdentityAtAnyDepth() throws IOException {
    var b = file("b/x.png");
    var deep = file("a/one/two/y.png");
    var a = file("a/z.jpg");
    file("a/notes.txt");

    var images = IdentityImages.in(List.of(folder));

    assertThat(images.files().keySet()).containsExactly("a", "b");
    assertThat(images.files().get("a")).containsExactly(deep, a);
    assertThat(images.files().get("b")).containsExactly(b);
    assertThat(images.count()).isEqualTo(3);
  }

  @Test
  void aTableNamesFilesRelativeToItselfAndRowsWithoutAnIdentityAreLeftOut() throws IOException {
    var table = folder.resolve("table.csv");
    Files.writeString(
        table,
        "\ufefffile,cohesion,identity\nx/1.png,0.5,\"a, b\"\nx/2.png,0.4,\nx/3.png,,\"a, b\"\n");

    var images = IdentityImages.in(List.of(table));

    assertThat(images.files()).containsOnlyKeys("a, b");
    assertThat(images.files().get("a, b"))
        .containsExactly(folder.resolve("x/1.png"), folder.resolve("x/3.png"));
  }

  @Test
  void severalPlacesAreJoined() throws IOException {
    file("first/a/1.png");
    file("second/a/2.png");
    file("second/b/2.png");

    var images = IdentityImages.in(List.of(folder.resolve("first"), folder.resolve("second")));

    assertThat(images.files().get("a")).hasSize(2);
    assertThat(images.files().get("b")).hasSize(1);
  }

  @Test
  void whatHoldsNoIdentitiesIsRefused() throws IOException {
    var empty = Files.createDirectory(folder.resolve("empty"));
    refused(empty, "there is no image");
    refused(folder.resolve("none.csv"), "cannot be read");
    Files.writeString(folder.resolve("t.csv"), "path,identity\nx,a\n");
    refused(folder.resolve("t.csv"), "has no column 'file'; the columns are [path, identity]");
    Files.writeString(folder.resolve("u.csv"), "file,identity\nx,\"a\n");
    refused(folder.resolve("u.csv"), "is not a CSV file");
    file("flat/1.png");
    refused(folder.resolve("flat"), "an image without an identity");
  }

  private static void refused(Path place, String why) {
    assertThatThrownBy(() -> IdentityImages.in(List.of(place)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(why);
  }
}

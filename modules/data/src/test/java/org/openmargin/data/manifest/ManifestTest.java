package org.openmargin.data.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.DataException;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;

class ManifestTest {
  private static final String FOUR =
      """
      path,label,split,patient_id,site
      a.png,cat,train,p1,north
      b.png,dog,Validation,p2,north
      c.png,cat,TEST,p3,south
      "d, e.png",dog,training,p1,north
      """;

  @TempDir private Path folder;

  @Test
  void rowsSayPathClassPartGroupAndSite() throws IOException {
    images("a.png", "b.png", "c.png", "d, e.png");
    var manifest = read(FOUR);
    assertThat(manifest.entries())
        .containsExactly(
            entry("a.png", "cat", Split.TRAIN, "p1", "north"),
            entry("b.png", "dog", Split.VALIDATION, "p2", "north"),
            entry("c.png", "cat", Split.TEST, "p3", "south"),
            entry("d, e.png", "dog", Split.TRAIN, "p1", "north"));
    assertThat(manifest.rows()).extracting(ManifestRow::line).containsExactly(2L, 3L, 4L, 5L);
    assertThat(manifest.divided()).isTrue();
    assertThat(manifest.grouped()).isTrue();
    assertThat(manifest.labels()).containsExactly("cat", "dog");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", "|"})
  void otherSeparatorsAreFound(String separator) throws IOException {
    images("a.png", "b.png");
    var text = "path,label\na.png,cat\nb.png,dog\n".replace(",", separator);
    assertThat(read(text).labels()).containsExactly("cat", "dog");
    assertThat(read("sep=%s\r\n%s".formatted(separator, text)).rows().get(1).line()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
  void encodingsOfSpreadsheetsAreRead(String charset) throws IOException {
    images("ä.png", "b.png");
    var text = "path,label\r\nä.png,Größe\r\nb.png,dog\r\n";
    var file = folder.resolve("m.csv");
    Files.write(file, ("\ufeff" + text).getBytes(Charset.forName(charset)));
    assertThat(read(file).labels()).containsExactly("Größe", "dog");
    if (charset.startsWith("UTF-16") || charset.equals("UTF-8")) {
      Files.write(file, text.getBytes(Charset.forName(charset)));
      assertThat(read(file).labels()).containsExactly("Größe", "dog");
    }
  }

  @Test
  void latinTextIsRefusedWithItsLine() throws IOException {
    var file = folder.resolve("m.csv");
    Files.write(file, "path,label\na.png,Größe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2 is not UTF-8 text; save it as CSV in UTF-8");
  }

  @Test
  void linesAreThoseOfTheFileDespiteQuotedBreaksAndEmptyLines() throws IOException {
    images("a.png", "b.png");
    var manifest = read("path,label,note\r\n\r\na.png,cat,\"two\r\nlines\"\r\nb.png,dog,\r\n\r\n");
    assertThat(manifest.rows()).extracting(ManifestRow::line).containsExactly(3L, 5L);
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() throws IOException {
    images("a.png", "b.png", "c.png", "scan.nii.gz");
    Files.createDirectory(folder.resolve("f"));
    assertThatThrownBy(
            () ->
                read(
                    """
                    path,label,split,patient
                    a.png,cat,train,p1
                    missing.png,cat,train,p2
                    b.png,,train,p3
                    c.png,Cat,test,p1
                    a.png,cat,train,p1
                    f,cat,trian,p4
                    scan.nii.gz,cat,train,p5
                    https://example.org/x.png,cat,train,p6
                    c.png
                    """))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("m.csv: the manifest cannot be used:")
        .hasMessageContaining(
            "missing files (3): line 3 missing.png; line 7 f (a folder); line 9 https://example.org/x.png (an address, not a local file)")
        .hasMessageContaining("empty cells (1): line 4, label")
        .hasMessageContaining(
            "classes of several spellings (1): 'cat' (lines 2, 3, 6 and 3 more) and 'Cat' (line 5)")
        .hasMessageContaining("files that occur more than once (1): a.png (lines 2, 6)")
        .hasMessageContaining(
            "parts other than train, validation and test (1): line 7, split 'trian'")
        .hasMessageContaining(
            "volumes (3-D images are not read; write their slices as PNG or TIFF files) (1): line 8 scan.nii.gz (NIfTI)")
        .hasMessageContaining(
            "rows with too few or too many cells (1): line 10 has 1, the header 4")
        .hasMessageMatching(
            "(?s).*groups with images in several parts, which crossing_groups accepts by their numbers \\(1\\): [0-9a-f]{12}: train lines 2, 6, test line 5.*")
        .hasMessageNotContaining("p1");
  }

  /** Its name may be that of a patient. */
  @Test
  void aGroupInSeveralPartsIsAcceptedByItsNumber() throws IOException {
    images("a.png", "b.png");
    var file = file("path,label,split,patient\na.png,cat,train,Smith\nb.png,cat,test,Smith\n");
    var refusal = catchThrowable(() -> read(file));
    assertThat(refusal).hasMessageNotContaining("Smith");
    var number = refusal.getMessage().replaceFirst("(?s).*: ([0-9a-f]{12}): train.*", "$1");
    assertThat(number).hasSize(12);
    var settings =
        new Manifest.Settings(
            ManifestColumns.USUAL, Optional.empty(), "", List.of(), List.of(number));
    assertThat(Manifest.read(file, settings).rows()).hasSize(2);
  }

  @Test
  void blanksAroundClassesAreNoPartOfThem() throws IOException {
    images("a.png", "b.png");
    assertThat(read("path,label\na.png, cat \nb.png,dog\t\n").labels())
        .containsExactly("cat", "dog");
  }

  @Test
  void groupsOfSeveralSpellingsAreSaidByTheirLines() throws IOException {
    images("a.png", "b.png", "c.png", "d.png", "e.png", "f.png");
    var manifest =
        read(
            "path,label,patient\na.png,cat,Smith 7\nb.png,cat,smith_07\nc.png,cat,1-12\n"
                + "d.png,dog,11-2\ne.png,dog,SMITH  7\nf.png,dog,Smith 70\n");
    assertThat(manifest.remarks())
        .singleElement()
        .asString()
        .contains("groups have several spellings", "different groups (1): lines 2, 3, 6;")
        .doesNotContainIgnoringCase("smith");
    assertThat(manifest.entries().get(0).group()).contains("Smith 7");
  }

  @Test
  void manyProblemsOfAKindAreCounted() {
    var rows =
        IntStream.range(0, 5000).mapToObj("%d.png,cat%n"::formatted).collect(Collectors.joining());
    assertThatThrownBy(() -> read("path,label\n" + rows))
        .hasMessageContaining("missing files (5,000): line 2 0.png;")
        .hasMessageContaining("line 11 9.png; and 4,990 more");
  }

  @Test
  void columnsHaveAnyNames() throws IOException {
    images("a.png", "b.png");
    var columns = new ManifestColumns("where", "", "what", "-", "who", "");
    var settings =
        new Manifest.Settings(columns, Optional.empty(), ".png", List.of("dog", "cat"), List.of());
    var file = file("split,who,what,where\nx,p1,cat,a\nx,p2,dog,b\n");
    var manifest = Manifest.read(file, settings);
    assertThat(manifest.divided()).isFalse();
    assertThat(manifest.entries())
        .extracting(e -> e.id() + e.label() + e.group().orElseThrow())
        .containsExactly("a.pngcatp1", "b.pngdogp2");
  }

  @Test
  void aMissingHeaderAndUnclearColumnsAreSaid() throws IOException {
    assertThatThrownBy(() -> read("a.png,cat\nb.png,dog\n"))
        .hasMessageContaining("no column is called path")
        .hasMessageContaining("it is: a.png, cat")
        .hasMessageContaining("path_column");
    assertThatThrownBy(() -> read("path,label,slide,patient\n"))
        .hasMessageContaining("the columns [slide, patient] could be the group")
        .hasMessageContaining("group_column");
    assertThatThrownBy(() -> read("path,label,label\n")).hasMessageContaining("[label, label]");
    assertThatThrownBy(() -> read("")).hasMessageContaining("empty");
    assertThatThrownBy(() -> read("path,label\n")).hasMessageContaining("no images");
    assertThatThrownBy(() -> read("path,label\n\"a.png,cat\n")).hasMessageContaining("m.csv");
  }

  @Test
  void classesOutsideTheListAreNamed() throws IOException {
    images("a.png", "b.png");
    var file = file("path,label\na.png,cat\nb.png,bird\n");
    var settings =
        new Manifest.Settings(
            ManifestColumns.USUAL, Optional.empty(), "", List.of("cat", "dog"), List.of());
    assertThatThrownBy(() -> Manifest.read(file, settings))
        .hasMessageContaining("classes that class_names does not list (1): 'bird' (line 3)");
  }

  private static DataEntry entry(String id, String label, Split split, String group, String site) {
    return new DataEntry(id, label, Optional.of(split), Optional.of(group), Optional.of(site));
  }

  private void images(String... names) throws IOException {
    for (var name : names) {
      Files.writeString(folder.resolve(name), "");
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("m.csv"), text);
  }

  private Manifest read(String text) throws IOException {
    return read(file(text));
  }

  private static Manifest read(Path file) {
    return Manifest.read(file, Manifest.Settings.USUAL);
  }
}

package org.openmargin.data.merged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.Pixels;
import org.openmargin.data.WorkListener;
import org.openmargin.data.audit.AuditSettings;
import org.openmargin.data.audit.AuditedSet;
import org.openmargin.data.audit.DataAudit;

class MergedSourceTest {
  private static final ImageGeometry GEOMETRY = ImageGeometry.square(2);
  private final List<String> notices = new ArrayList<>();

  @Test
  void imagesOfAllSourcesStandBehindOneAnotherWithTheirOwnPixelsAndParts() {
    var first = set(3, 0, List.of("cat", "dog"), List.of("p1", "p2", "p3"));
    var second = set(3, 50, List.of("dog", "bird"), List.of());
    var merged = merged(part("north", first, Map.of(), false), part("south", second)).load();

    assertThat(merged.name()).isEqualTo("north+south");
    assertThat(merged.classNames()).containsExactly("bird", "cat", "dog");
    assertThat(merged.train().ids().get(0)).isEqualTo("north/train/0");
    var byId = new HashMap<String, int[]>();
    for (var part : merged.parts().entrySet()) {
      assertThat(part.getValue().count()).isEqualTo(6);
      for (var row = 0; row < 6; row++) {
        byId.put(part.getValue().ids().get(row), Pixels.unsigned(part.getValue().images(), row));
      }
    }
    assertThat(byId).hasSize(18);
    assertThat(byId.get("south/validation/1"))
        .isEqualTo(Pixels.unsigned(second.validation().images(), 1));
    assertThat(byId.get("north/test/2")).isEqualTo(Pixels.unsigned(first.test().images(), 2));
    var entries = merged.entries();
    assertThat(entries.get(0).label()).isEqualTo("cat");
    assertThat(entries.get(3).label()).isEqualTo("dog");
    assertThat(entries.get(0).group()).contains("p1-train");
    assertThat(entries.get(3).group()).isEmpty();
    assertThat(notices)
        .anyMatch(n -> n.contains("different classes: bird only in south"))
        .anyMatch(n -> n.contains("cat only in north"));
  }

  @Test
  void equalClassListsKeepTheirOrderAndClassesCanBeRenamed() {
    var names = List.of("z", "a");
    var same =
        merged(part("one", set(2, 0, names, List.of())), part("two", set(2, 90, names, List.of())));
    assertThat(same.load().classNames()).containsExactly("z", "a");
    assertThat(notices).isEmpty();
    var other = set(2, 90, List.of("MEL", "NV"), List.of());
    var renamed =
        merged(
            part("one", set(2, 0, List.of("melanoma", "NV"), List.of())),
            part("two", other, Map.of("MEL", "melanoma"), false));
    assertThat(renamed.load().classNames()).containsExactly("melanoma", "NV");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    var groups = List.of("p1", "p1", "p1");
    var parts =
        List.of(
            part("a", crossing("train"), Map.of("nothing", "x"), false),
            part("b", crossing("test"), Map.of(), false),
            part("c", grey(set(3, 0, List.of("Cat", "dog"), groups))));
    assertThatThrownBy(() -> new MergedSource(parts, List.of(), GEOMETRY, notices::add).load())
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "a: renamed_classes: no class is called 'nothing'; there are [cat, dog]",
            "one class in several spellings: ['Cat' (c), 'cat' (a, b)]",
            "images of c are grey (1 channel), of a, b in colour (3)",
            "1 group, such as patients, with images in several parts: of a and b, in test and train")
        .hasMessageNotContaining("shared");
    var own =
        List.of(
            part("a", crossing("train"), Map.of(), true),
            part("b", crossing("test"), Map.of(), true));
    var merged = new MergedSource(own, List.of(), GEOMETRY, notices::add).load();
    assertThat(merged.entries().stream().map(e -> e.group().orElse("")))
        .contains("a/shared", "b/shared");
    DataSource broken =
        () -> {
          throw new DataException("cannot be read");
        };
    var both =
        List.of(
            new SourcePart("x", broken, Map.of(), false),
            new SourcePart("y", broken, Map.of(), false));
    assertThatThrownBy(() -> new MergedSource(both, List.of(), GEOMETRY, notices::add).load())
        .hasMessageContainingAll("x: cannot be read", "y: cannot be read");
    assertThatThrownBy(
            () ->
                new MergedSource(
                    List.of(both.get(0), both.get(0)), List.of(), GEOMETRY, notices::add))
        .hasMessage("several sources are called x; give each a name");
    var listed = new MergedSource(own, List.of("cat"), GEOMETRY, notices::add);
    assertThatThrownBy(listed::load).hasMessageContaining("not listed [dog], in no source []");
  }

  @Test
  void imagesThatSeveralSourcesHaveAreNamed() {
    var names = List.of("cat", "dog");
    merged(part("one", set(3, 0, names, List.of())), part("two", set(3, 0, names, List.of())))
        .load();
    assertThat(notices)
        .singleElement()
        .asString()
        .contains("9 equal images are in several sources: one/test/0 = two/test/0");
  }

  @Test
  void aSourceThatTellsTheClassIsFound() {
    var one = set(40, 0, List.of("cat"), List.of());
    var two = set(40, 120, List.of("dog"), List.of());
    var source = merged(part("one", one), part("two", two));
    var set = AuditedSet.of(source.load(), group -> group);
    var result =
        new DataAudit(set, AuditSettings.DEFAULT, WorkListener.NONE)
            .full(Map.of(), source.sourceNames());
    assertThat(result.findings())
        .anyMatch(f -> f.summary().startsWith("the sources that were merged alone tell the class"));
    var none = new DataAudit(set, AuditSettings.DEFAULT, WorkListener.NONE).full(Map.of());
    assertThat(none.findings()).noneMatch(f -> f.summary().contains("merged"));
  }

  private MergedSource merged(SourcePart... parts) {
    return new MergedSource(List.of(parts), List.of(), GEOMETRY, notices::add);
  }

  private static SourcePart part(String name, Dataset dataset) {
    return part(name, dataset, Map.of(), false);
  }

  private static SourcePart part(
      String name, Dataset dataset, Map<String, String> renamed, boolean own) {
    return new SourcePart(name, () -> dataset, renamed, own);
  }

  /** One image in the part has the group that is shared. */
  private static Dataset crossing(String part) {
    var plain = set(3, part.length() * 30, List.of("cat", "dog"), List.of());
    var parts = new HashMap<String, LabeledImages>();
    plain
        .parts()
        .forEach(
            (name, images) ->
                parts.put(
                    name,
                    new LabeledImages(
                        images.images(),
                        images.labels(),
                        images.ids(),
                        List.of(name.equals(part) ? "shared" : "", "", ""))));
    return new Dataset(
        part,
        plain.classNames(),
        parts.get("train"),
        parts.get("validation"),
        parts.get("test"),
        part);
  }

  private static Dataset grey(Dataset colour) {
    var images = Images.of(2, 2, 1, new byte[12]);
    var of = new LabeledImages(images, new int[] {0, 1, 0}, List.of("0", "1", "2"));
    return new Dataset("grey", colour.classNames(), of, of, of, "grey");
  }

  private static Dataset set(int count, int seed, List<String> names, List<String> groups) {
    return new Dataset(
        "set",
        names,
        part("train", count, seed, names, groups),
        part("validation", count, seed + 1, names, groups),
        part("test", count, seed + 2, names, groups),
        "digest " + seed);
  }

  private static LabeledImages part(
      String part, int count, int seed, List<String> names, List<String> groups) {
    var pixels = new byte[count * 12];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (seed * 31 + i * 7 + i / 12);
    }
    var labels = new int[count];
    Arrays.setAll(labels, i -> i % names.size());
    var ids = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      ids.add(part + "/" + i);
    }
    return new LabeledImages(
        Images.of(2, 2, 3, pixels),
        labels,
        ids,
        groups.stream().map(group -> group + "-" + part).toList());
  }
}

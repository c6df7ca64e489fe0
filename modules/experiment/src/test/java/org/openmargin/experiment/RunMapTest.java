package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.map.MapItem;
import org.openmargin.map.MapItem.Role;
import org.openmargin.map.Space;

class RunMapTest {
  @TempDir private static Path folder;
  private static Run run;

  @BeforeAll
  static void train() {
    run = tiny().train(folder.resolve("run"));
  }

  private static MapRequest some(int perClass, long seed) {
    return new MapRequest(perClass, OptionalDouble.empty(), seed, Optional.empty());
  }

  @Test
  void everyClassIsThereAndEachPrototype() {
    var map = run.map(some(6, 0));
    assertThat(map.space()).isEqualTo(Space.NORMALIZED);
    assertThat(map.items()).filteredOn(i -> i.role() == Role.KNOWN).hasSize(24);
    assertThat(map.items()).filteredOn(i -> i.role() == Role.UNKNOWN).hasSize(24);
    assertThat(map.items())
        .filteredOn(i -> i.role() == Role.PROTOTYPE)
        .hasSize(4)
        .allSatisfy(p -> assertThat(length(p.embedding())).isBetween(0.99999, 1.00001));
    assertThat(map.items().stream().map(MapItem::className).distinct()).hasSize(8);
    for (var file : run.files().map().files()) {
      assertThat(file).isNotEmptyFile();
    }
  }

  private static double length(float[] vector) {
    var squares = 0.0;
    for (var v : vector) {
      squares += v * v;
    }
    return Math.sqrt(squares);
  }

  @Test
  void seedChoosesTheImages() {
    var first = run.map(some(6, 1)).items();
    var again = run.map(some(6, 1)).items();
    var other = run.map(some(6, 2)).items();
    assertThat(ids(again)).isEqualTo(ids(first));
    assertThat(ids(other)).isNotEqualTo(ids(first));
  }

  private static List<String> ids(List<MapItem> items) {
    return items.stream().map(MapItem::id).toList();
  }

  @Test
  void spriteShowsTheImagesOfThePoints() throws IOException {
    var items = run.map(some(5, 4)).items();
    var sprite = ImageIO.read(run.files().map().path().resolve("sprite.png").toFile());
    var test = tiny().recipe().dataset().test();
    var side = test.images().width();
    assertThat(sprite.getWidth()).isEqualTo(7 * side);
    for (var i : List.of(0, 19, 20, 39)) {
      var pixels = new byte[test.images().bytesPerImage()];
      test.images().copyTo(test.ids().indexOf(items.get(i).id()), pixels, 0);
      for (var p = 0; p < side * side; p += 37) {
        var rgb = sprite.getRGB(i % 7 * side + p % side, i / 7 * side + p / side);
        assertThat((rgb >> 16) & 255).isEqualTo(pixels[3 * p] & 255);
        assertThat(rgb & 255).isEqualTo(pixels[3 * p + 2] & 255);
      }
    }
  }

  @Test
  void fewPointsLowerThePerplexityWithANotice() {
    var notices = new ArrayList<String>();
    var map = run.with(e -> e.withNotices(notices::add)).map(some(2, 0));
    assertThat(map.tsne().settings().perplexity()).isEqualTo(6.3);
    assertThat(notices).contains("using perplexity 6.3 (default 30.0): only 20 points");
  }

  @Test
  void aPerplexityThatWasAskedForIsKeptOrRefused() {
    var asked = new MapRequest(4, OptionalDouble.of(8.5), 0, Optional.empty());
    assertThat(run.map(asked).tsne().settings().perplexity()).isEqualTo(8.5);
    var large = new MapRequest(4, OptionalDouble.of(30), 0, Optional.empty());
    assertThatThrownBy(() -> run.map(large))
        .isInstanceOf(RunException.class)
        .hasMessage("MapRequest.perplexity 30.0: with 36 points it must be from 2.0 to 11.6");
    assertThatThrownBy(() -> some(1, 0)).isInstanceOf(RunException.class);
  }

  @Test
  void aDenseHeadIsMappedAsItSeesAndHasNoPrototypes() {
    var dense = tiny("loss.softmax.label_smoothing=0").train(folder.resolve("dense"));
    var map = dense.map(some(4, 0));
    assertThat(map.space()).isEqualTo(Space.EMBEDDING);
    assertThat(map.items()).hasSize(32).allMatch(MapItem::isImage);
    var euclidean = map.distances().get(1);
    assertThat(euclidean.known().get(0).meanLength())
        .isGreaterThan(euclidean.known().get(0).toOwnMean());
  }

  @Test
  void prototypesOfADistanceHeadLieAmongTheEmbeddings() {
    var notices = new ArrayList<String>();
    var gcpl = tiny("loss.gcpl.temperature=1").train(folder.resolve("gcpl"));
    var map = gcpl.map(some(4, 0));
    assertThat(map.space()).isEqualTo(Space.EMBEDDING);
    assertThat(map.items()).filteredOn(i -> i.role() == Role.PROTOTYPE).hasSize(4);
    var normalized = new MapRequest(4, OptionalDouble.empty(), 0, Optional.of(Space.NORMALIZED));
    var without = gcpl.with(e -> e.withNotices(notices::add)).map(normalized);
    assertThat(without.items()).allMatch(MapItem::isImage);
    assertThat(notices)
        .contains(
            "prototypes skipped: they belong to the other space (MapRequest.space embedding)");
  }

  @Test
  void newTrainingForgetsTheMap() {
    var path = folder.resolve("again");
    tiny().train(path).map(some(3, 0));
    var request = new TrainRequest(path, TrainRequest.Existing.OVERWRITE, List.of());
    var anew = tiny().train(request);
    assertThat(anew.files().map().files()).noneMatch(java.nio.file.Files::exists);
  }
}

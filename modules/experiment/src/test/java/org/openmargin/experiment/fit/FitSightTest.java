package org.openmargin.experiment.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.Views;

class FitSightTest {
  /** Images of 2 x 2 grey pixels 1 2 / 3 4, with labels 0 1 0 1 ... */
  private static KnownImages images(int count) {
    var pixels = new byte[4 * count];
    IntStream.range(0, pixels.length).forEach(i -> pixels[i] = (byte) (i % 4 + 1));
    var labels = IntStream.range(0, count).map(i -> i % 2).toArray();
    var ids = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    return new KnownImages(Images.of(2, 2, 1, pixels), labels, ids);
  }

  private static FitSight sight(Views present, int passes) {
    return FitSight.of(images(100), present, passes);
  }

  @Test
  void firstFewerViewsThenFewerImages() {
    assertThat(sight(Views.DIHEDRAL, 800).most()).isEqualTo(Views.DIHEDRAL);
    assertThat(sight(Views.DIHEDRAL, 799).most()).isEqualTo(Views.MIRRORED);
    assertThat(sight(Views.DIHEDRAL, 200).most()).isEqualTo(Views.MIRRORED);
    assertThat(sight(Views.DIHEDRAL, 199).most()).isEqualTo(Views.SINGLE);
    assertThat(sight(Views.DIHEDRAL, 100).images().count()).isEqualTo(100);
    assertThat(sight(Views.DIHEDRAL, 50).images().labels()).hasSize(50).contains(0, 1);
    assertThat(sight(Views.SINGLE, 800).most()).isEqualTo(Views.SINGLE);
    assertThat(sight(Views.MIRRORED, 1000).most()).isEqualTo(Views.MIRRORED);
  }

  @Test
  void withinAClassEveryTurnIsTakenEquallyOften() {
    var turns = Turns.of(images(32), Views.DIHEDRAL, Views.SINGLE).byImage();
    for (var label = 0; label < 2; label++) {
      var of = label;
      assertThat(IntStream.range(0, 32).filter(i -> i % 2 == of).map(i -> turns[i]).sorted())
          .containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    }
    assertThat(Turns.of(images(8), Views.DIHEDRAL, Views.MIRRORED).byImage())
        .containsExactly(0, 0, 2, 2, 4, 4, 6, 6);
    assertThat(Turns.of(images(8), Views.MIRRORED, Views.MIRRORED).isNone()).isTrue();
  }

  /** The order of the views of a network: {@code nn.Views}. */
  @Test
  void turnsAreTheEightSymmetriesOfTheSquare() {
    var images = images(16);
    var turned = Turns.of(images, Views.DIHEDRAL, Views.SINGLE).of(images.images());
    var seen = new ArrayList<List<Byte>>();
    for (var i = 0; i < 16; i += 2) {
      var pixels = new byte[4];
      turned.copyTo(i, pixels, 0);
      seen.add(List.of(pixels[0], pixels[1], pixels[2], pixels[3]));
    }
    assertThat(seen)
        .containsExactly(
            pixels(1, 2, 3, 4),
            pixels(2, 1, 4, 3),
            pixels(3, 4, 1, 2),
            pixels(4, 3, 2, 1),
            pixels(1, 3, 2, 4),
            pixels(3, 1, 4, 2),
            pixels(2, 4, 1, 3),
            pixels(4, 2, 3, 1));
  }

  private static List<Byte> pixels(int a, int b, int c, int d) {
    return List.of((byte) a, (byte) b, (byte) c, (byte) d);
  }
}

package org.openmargin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.data.ImageSizes.Range;
import org.openmargin.data.ImageSizes.Size;

class ImageSizesTest {

  @Test
  void leastMedianAndGreatestOfEachSide() {
    var sizes =
        new ImageSizes(
            List.of(new Size(10, 40), new Size(30, 20), new Size(20, 90), new Size(70, 80)));
    assertThat(sizes.width()).isEqualTo(new Range(10, 20, 70));
    assertThat(sizes.height()).isEqualTo(new Range(20, 40, 90));
    assertThat(sizes.shorterSide()).isEqualTo(new Range(10, 20, 70));
    assertThat(sizes.smallerThan(20)).isEqualTo(1);
    assertThat(sizes.smallerThan(21)).isEqualTo(3);
  }

  @Test
  void oneImageIsAllThree() {
    var sizes = new ImageSizes(List.of(new Size(5, 7)));
    assertThat(sizes.height()).isEqualTo(new Range(7, 7, 7));
    assertThatThrownBy(() -> new ImageSizes(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

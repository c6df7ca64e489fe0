package org.openmargin.experiment.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.data.ImageSizes;
import org.openmargin.data.ImageSizes.Size;

class SmallImagesTest {

  @Test
  void imagesThatAreEnlargedAreSaid() {
    assertThat(SmallImages.sentence(new ImageSizes(List.of(new Size(28, 28))), 64))
        .contains(
            "the training images are smaller than the network's input of 64 px and are enlarged (shorter side 28 px); a smaller data.image_size_px costs less");
    var some = new ImageSizes(List.of(new Size(50, 90), new Size(80, 70), new Size(99, 64)));
    assertThat(SmallImages.sentence(some, 64).orElseThrow())
        .startsWith("1 of a sample of 3 training images are smaller")
        .contains("shorter side 50 to 70 px, 64 px in the middle");
  }

  @Test
  void otherwiseNothing() {
    assertThat(SmallImages.sentence(new ImageSizes(List.of(new Size(64, 64))), 64)).isEmpty();
  }
}

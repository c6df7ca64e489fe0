package org.openmargin.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.data.ImageSizes.Range;

class TrainingSizesTest {

  @ParameterizedTest
  @CsvSource({
    // training: least, median, greatest; here: median; whether it is said
    "48, 48, 48, 48, false",
    "48, 48, 48, 55, false",
    "48, 48, 48, 60, true",
    "48, 48, 48, 38, true",
    "20, 48, 400, 90, false",
    "20, 48, 400, 96, true",
    "20, 48, 400, 24, true",
    "20, 48, 400, 25, false",
    "300, 360, 400, 28, true",
  })
  void aWordOnlyIfSizesDifferMuch(int least, int median, int greatest, int here, boolean said) {
    var training = new TrainingSizes(new Range(least, median, greatest));
    assertThat(training.warning(new Range(here, here, here)).isPresent()).isEqualTo(said);
  }

  @Test
  void sizesAreReadFromTheDescription() {
    var text =
        "{\"training_images\": {\"sample\": 3, \"shorter_side_px\": {\"least\": 20, \"median\": 30, \"greatest\": 40}}}";
    assertThat(TrainingSizes.of(text)).contains(new TrainingSizes(new Range(20, 30, 40)));
    for (var without : new String[] {"{}", "{\"training_images\": {}}", "no JSON", "[]"}) {
      assertThat(TrainingSizes.of(without)).as(without).isEmpty();
    }
  }

  @Test
  void eachFolderIsComparedByItself() throws IOException {
    var sizes = new FolderSizes();
    sizes.add(Path.of("same/a.png"), png(40, 60));
    sizes.add(Path.of("large/a.png"), png(400, 300));
    sizes.add(Path.of("large/b.png"), png(500, 900));
    sizes.add(Path.of("damaged/a.png"), new byte[] {1, 2, 3});
    var warnings = new ArrayList<String>();
    sizes.compare(new TrainingSizes(new Range(40, 40, 44)), warnings::add);
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("warning: large: the images' shorter side is 300 to 500 px, 300 px in the")
        .contains("that of the training images was 40 to 44 px, 40 px in the middle");
  }

  private static byte[] png(int width, int height) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "png", out);
    return out.toByteArray();
  }
}

package org.openmargin.files.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files written by Pillow, the PNG files beside them by Pillow's decoder. */
class WebpTest {
  private static final int DATA = 20;

  @ParameterizedTest
  @ValueSource(strings = {"lossless", "lossy", "fast"})
  void pixelsAreThoseOfAnotherDecoder(String name) throws IOException {
    var image = EncodedImage.of(resource("webp_" + name + ".webp"));
    assertThat(image.format()).isEqualTo(ImageFormat.WEBP);
    assertThat(image.samples()).isEqualTo(EncodedImage.Samples.COLOUR);
    assertThat(ImageFormat.of(image.file())).contains(ImageFormat.PNG);
    same(decoded(image.file()), decoded(resource("webp_" + name + ".png")));
  }

  @Test
  void ofAnAnimationTheFirstFrameIsRead() throws IOException {
    var image = EncodedImage.of(resource("webp_animated.webp"));
    same(decoded(image.file()), decoded(resource("webp_lossless.png")));
  }

  @Test
  void anAlphaPlaneIsLeftOut() throws IOException {
    var image = EncodedImage.of(resource("webp_alpha.webp"));
    assertThat(image.samples()).isEqualTo(EncodedImage.Samples.ALPHA);
    assertThat(decoded(image.file()).getColorModel().hasAlpha()).isFalse();
  }

  /** Orientation 6: the picture stands upright after a quarter turn to the right. */
  @ParameterizedTest
  @ValueSource(strings = {"webp_turned.webp", "tiff_turned.tiff"})
  void imagesAreTurnedUpright(String name) throws IOException {
    var image = EncodedImage.of(resource(name));
    assertThat(image.turned()).isTrue();
    var upright = decoded(image.file());
    var stored = decoded(resource("webp_lossless.png"));
    assertThat(upright.getWidth()).isEqualTo(stored.getHeight());
    for (var x = 0; x < upright.getWidth(); x++) {
      for (var y = 0; y < upright.getHeight(); y++) {
        assertThat(upright.getRGB(x, y)).isEqualTo(stored.getRGB(y, stored.getHeight() - 1 - x));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless", "lossy", "fast", "alpha", "animated", "turned"})
  void filesThatAreCutOffAreRefused(String name) throws IOException {
    var whole = resource("webp_" + name + ".webp");
    for (var length = 12; length < whole.length; length += 7) {
      refuses(Arrays.copyOf(whole, length));
    }
    refuses(Arrays.copyOf(whole, whole.length - 1));
  }

  /** As repair tools write them: all lengths are those of what is left. */
  @ParameterizedTest
  @ValueSource(strings = {"lossless", "lossy", "fast"})
  void filesThatAreCutOffAndMendedAreRefused(String name) throws IOException {
    var whole = resource("webp_" + name + ".webp");
    var size = buffer(whole).getInt(DATA - 4);
    for (var left = 0; left <= size - 4; left += 3) {
      refuses(mended(whole, left));
    }
    assertThat(EncodedImage.of(mended(whole, size)).format()).isEqualTo(ImageFormat.WEBP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless", "lossy", "fast"})
  void zerosAtTheEndAreFound(String name) throws IOException {
    var whole = resource("webp_" + name + ".webp");
    var size = buffer(whole).getInt(DATA - 4);
    for (var percent : new int[] {10, 40, 60, 80}) {
      var zeros = whole.clone();
      Arrays.fill(zeros, DATA + size * percent / 100, zeros.length, (byte) 0);
      refuses(zeros);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4, 2147483647, the WebP file is shorter than it says",
    "16, 2147483647, the WebP file ends in a chunk",
    "16, -1, the WebP file ends in a chunk",
    "12, 0, the WebP file has no image",
    "20, 0, the data of the WebP file do not begin like an image"
  })
  void wrongFieldsAreNamed(int at, int value, String reason) throws IOException {
    var file = resource("webp_lossless.webp");
    buffer(file).putInt(at, value);
    assertThatThrownBy(() -> EncodedImage.of(file)).hasMessage("damaged or cut off: " + reason);
  }

  @Test
  void hugeImagesAreRefusedBeforeTheyAreDecoded() throws IOException {
    var file = resource("webp_lossless.webp");
    buffer(file).putInt(DATA + 1, 0x0fffffff);
    assertThatThrownBy(() -> EncodedImage.of(file))
        .hasMessageContaining("image of 16384 x 16384 px: at most 100 megapixels");
  }

  @Test
  void aCanvasOfAnotherSizeIsDamage() throws IOException {
    var file = resource("webp_turned.webp");
    buffer(file).put(DATA + 4, (byte) 7);
    assertThatThrownBy(() -> EncodedImage.of(file)).hasMessageContaining("states two sizes");
  }

  private static byte[] mended(byte[] whole, int left) {
    var file = Arrays.copyOf(whole, DATA + left + (left & 1));
    Arrays.fill(file, DATA + left, file.length, (byte) 0);
    buffer(file).putInt(4, file.length - 8).putInt(DATA - 4, left);
    return file;
  }

  private static ByteBuffer buffer(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void refuses(byte[] file) {
    assertThatThrownBy(() -> EncodedImage.of(file)).isInstanceOf(ImageFileException.class);
  }

  private static void same(BufferedImage image, BufferedImage expected) {
    assertThat(image.getWidth()).isEqualTo(expected.getWidth());
    assertThat(image.getHeight()).isEqualTo(expected.getHeight());
    for (var x = 0; x < image.getWidth(); x++) {
      for (var y = 0; y < image.getHeight(); y++) {
        assertThat(image.getRGB(x, y)).isEqualTo(expected.getRGB(x, y));
      }
    }
  }

  private static BufferedImage decoded(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = WebpTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}

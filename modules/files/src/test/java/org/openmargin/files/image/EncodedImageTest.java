package org.openmargin.files.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedImageTest {
  private static final byte[] END = {(byte) 0xff, (byte) 0xd9};

  @ParameterizedTest
  @ValueSource(strings = {"4-segmented-whole.jpg", "5-bilobed-coarse-whole.jpg"})
  void wholeFilesAreTaken(String name) throws IOException {
    var image = EncodedImage.of(resource(name));
    assertThat(image.format()).isEqualTo(ImageFormat.JPEG);
    assertThat(image.samples()).isEqualTo(EncodedImage.Samples.COLOUR);
    assertThat(image.turned()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "4-segmented-cut50.jpg, the JPEG data end before the image does",
    "5-bilobed-coarse-cut30.jpg, the JPEG data end before the image does",
    "jpg_noeoi.jpg, the JPEG file has no end marker",
    "png_crc.png, a chunk of the PNG file has a wrong checksum",
    "png_noiend.png, the PNG file has no end chunk"
  })
  void damagedFilesAreRefusedWithTheReason(String name, String reason) {
    assertThatThrownBy(() -> EncodedImage.of(resource(name)))
        .isInstanceOf(ImageFileException.class)
        .hasMessage("damaged or cut off: " + reason);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jpegFilesAreFoundWhereverTheyEnd(boolean progressive) throws IOException {
    for (var grey : new boolean[] {false, true}) {
      var whole = jpeg(noise(grey, 70, 45), progressive);
      assertThat(EncodedImage.of(whole).samples())
          .isEqualTo(grey ? EncodedImage.Samples.GREY : EncodedImage.Samples.COLOUR);
      var first = firstScan(whole);
      for (var percent : new int[] {1, 20, 50, 80, 95}) {
        var length = first + (whole.length - first) * percent / 100;
        refuses(Arrays.copyOf(whole, length));
        refuses(joined(Arrays.copyOf(whole, length), END));
        refuses(zeroTail(whole, length));
      }
      refuses(Arrays.copyOf(whole, whole.length - 2));
    }
  }

  @Test
  void aProgressiveJpegFileWithoutItsLastScansIsCutOff() throws IOException {
    var whole = jpeg(noise(false, 64, 64), true);
    for (var at = firstScan(whole) + 2; at < whole.length - 1; at++) {
      if ((whole[at] & 0xff) == 0xff && (whole[at + 1] & 0xff) == 0xc4) {
        refuses(joined(Arrays.copyOf(whole, at), END));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY
      })
  void pngFilesAreFoundWhereverTheyEnd(int type) throws IOException {
    var image = new BufferedImage(37, 29, type);
    var random = new Random(2);
    for (var i = 0; i < 37 * 29; i++) {
      image.setRGB(i % 37, i / 37, random.nextInt());
    }
    var whole = written(image, "png");
    assertThat(EncodedImage.of(whole).format()).isEqualTo(ImageFormat.PNG);
    for (var percent : new int[] {10, 30, 60, 90}) {
      var length = whole.length * percent / 100;
      refuses(Arrays.copyOf(whole, length));
      refuses(zeroTail(whole, length));
    }
    refuses(Arrays.copyOf(whole, whole.length - 12));
    for (var at = 8; at < whole.length; at += 17) {
      var flipped = whole.clone();
      flipped[at] ^= 1;
      refuses(flipped);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "bmp", "tiff"})
  void otherFormatsBecomePng(String format) throws IOException {
    var image = noise(true, 40, 30);
    var whole = written(image, format);
    var read = EncodedImage.of(whole);
    assertThat(ImageFormat.of(read.file())).contains(ImageFormat.PNG);
    var png = ImageIO.read(new ByteArrayInputStream(read.file()));
    for (var i = 0; i < 40 * 30; i++) {
      assertThat(png.getRGB(i % 40, i / 40)).isEqualTo(image.getRGB(i % 40, i / 40));
    }
    refuses(Arrays.copyOf(whole, whole.length * 6 / 10));
  }

  @ParameterizedTest
  @CsvSource({"....ftypheic, HEIF OR AVIF", "%PDF-1.7, PDF"})
  void aFormatThatIsNotReadIsNamed(String beginning, String name) {
    assertThatThrownBy(() -> EncodedImage.of(beginning.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(NoImageException.class)
        .hasMessage(name + " is not read: save the image as PNG or JPEG");
  }

  @Test
  void whatIsNoImageIsSaidToBeNone() {
    for (var bytes : new byte[][] {{}, {1}, "hello".getBytes(StandardCharsets.UTF_8)}) {
      assertThatThrownBy(() -> EncodedImage.of(bytes))
          .isInstanceOf(NoImageException.class)
          .hasMessage("no image: the file does not begin like JPEG, PNG, GIF, BMP, TIFF or WebP");
    }
  }

  @Test
  void aColourProfileIsLeftOut() throws IOException {
    var plain = jpeg(noise(false, 16, 16), false);
    var profile = new byte[] {(byte) 0xff, (byte) 0xe2, 0, 5, 'I', 'C', 'C'};
    var with =
        joined(
            joined(Arrays.copyOf(plain, 20), profile), Arrays.copyOfRange(plain, 20, plain.length));
    assertThat(EncodedImage.of(with).file()).isEqualTo(plain);
  }

  @Test
  void bytesAfterTheEndDoNotMatter() throws IOException {
    var jpeg = jpeg(noise(false, 16, 16), false);
    assertThat(EncodedImage.of(joined(jpeg, new byte[100])).format()).isEqualTo(ImageFormat.JPEG);
  }

  private static void refuses(byte[] file) {
    assertThatThrownBy(() -> EncodedImage.of(file)).isInstanceOf(ImageFileException.class);
  }

  private static int firstScan(byte[] jpeg) {
    var at = 0;
    while ((jpeg[at] & 0xff) != 0xff || (jpeg[at + 1] & 0xff) != 0xda) {
      at++;
    }
    return at + 14;
  }

  private static byte[] zeroTail(byte[] file, int from) {
    return Arrays.copyOf(Arrays.copyOf(file, from), file.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static BufferedImage noise(boolean grey, int width, int height) {
    var type = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    var image = new BufferedImage(width, height, type);
    var random = new Random(1);
    for (var i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, random.nextInt(256));
    }
    return image;
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var parameters = writer.getDefaultWriteParam();
    if (progressive) {
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    var file = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  private static byte[] written(BufferedImage image, String format) throws IOException {
    var file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, file)).isTrue();
    return file.toByteArray();
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = EncodedImageTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}

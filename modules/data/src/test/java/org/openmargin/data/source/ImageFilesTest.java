package org.openmargin.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.DataException;
import org.openmargin.data.Pixels;
import org.openmargin.data.SplitMix;
import org.openmargin.files.image.LevelRule;

class ImageFilesTest {

  @TempDir Path folder;

  @Test
  void readsRgbInRowOrder() throws IOException {
    var image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x010203);
    image.setRGB(1, 0, 0xfefdfc);
    var decoded = ImageFiles.decode(encode(image, "png"), 3);
    assertThat(decoded).hasToString("1 images of 1x2x3");
    assertThat(Pixels.unsigned(decoded, 0)).containsExactly(1, 2, 3, 254, 253, 252);
  }

  @Test
  void sixteenBitsAreScaledOverAStatedRange() throws IOException {
    var rule =
        new LevelRule(
            LevelRule.DEFAULT.window(),
            LevelRule.DEFAULT.frame(),
            Optional.of(new LevelRule.Range(100, 4195)));
    var image = new BufferedImage(5, 1, BufferedImage.TYPE_USHORT_GRAY);
    var values = new int[] {0, 100, 2148, 4195, 65535};
    image.getRaster().setPixels(0, 0, 5, 1, values);
    for (var format : new String[] {"png", "tiff"}) {
      var file = encode(image, format);
      assertThat(Pixels.unsigned(ImageFiles.read(file, 1, rule).pixels(), 0))
          .containsExactly(0, 0, 128, 255, 255);
      assertThat(Pixels.unsigned(ImageFiles.decode(file, 1), 0)).containsExactly(0, 0, 8, 16, 255);
    }
  }

  /** The bytes of a TIFF file of 4 x 2 values of 12 bits, without compression. */
  @Test
  void twelveBitsAreStretched() {
    var file =
        HexFormat.of()
            .parseHex(
                "49492a00140000000000010647ff800fa0ffefff090000010300010000000400"
                    + "000001010300010000000200000002010300010000000c000000030103000100"
                    + "0000010000000601030001000000010000001101040001000000080000001501"
                    + "0300010000000100000016010300010000000200000017010400010000000c00"
                    + "000000000000");
    assertThat(Pixels.unsigned(ImageFiles.decode(file, 1), 0))
        .containsExactly(0, 0, 6, 127, 128, 250, 255, 255);
  }

  @Test
  void dropsAlpha() throws IOException {
    var image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x10aabbcc);
    var decoded = ImageFiles.decode(encode(image, "png"), 3);
    assertThat(Pixels.unsigned(decoded, 0)).containsExactly(0xaa, 0xbb, 0xcc);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 77, 128, 254, 255})
  void greyStaysAsItIsAndIsRepeatedForRgb(int value) throws IOException {
    var image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, value);
    var png = encode(image, "png");
    assertThat(Pixels.unsigned(ImageFiles.decode(png, 1), 0)).containsExactly(value);
    assertThat(Pixels.unsigned(ImageFiles.decode(png, 3), 0)).containsExactly(value, value, value);
  }

  @Test
  void sixteenBitGreyKeepsTheUpperByte() throws IOException {
    var image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 0xabcd);
    var decoded = ImageFiles.decode(encode(image, "png"), 1);
    assertThat(Pixels.unsigned(decoded, 0)).containsExactly(0xab);
  }

  @Test
  void rgbBecomesGreyByItsLuma() throws IOException {
    var image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x00ff00);
    image.setRGB(2, 0, 0x0000ff);
    var decoded = ImageFiles.decode(encode(image, "png"), 1);
    // 255 * 0.299 = 76.2, 255 * 0.587 = 149.7, 255 * 0.114 = 29.1
    assertThat(Pixels.unsigned(decoded, 0)).containsExactly(76, 150, 29);
  }

  @Test
  void readsPalettes() throws IOException {
    byte[] red = {10, 20};
    byte[] green = {30, 40};
    byte[] blue = {50, 60};
    var palette = new IndexColorModel(1, 2, red, green, blue);
    var image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(0, 0, 0, 1);
    var decoded = ImageFiles.decode(encode(image, "png"), 3);
    assertThat(Pixels.unsigned(decoded, 0)).containsExactly(20, 40, 60);
  }

  @Test
  void readsJpegColourAndGrey() throws IOException {
    var color = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    var grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      color.setRGB(i % 16, i >> 4, 0x964b32);
      grey.getRaster().setSample(i % 16, i >> 4, 0, 100);
    }
    var first = Pixels.unsigned(ImageFiles.decode(encode(color, "jpg"), 3), 0);
    assertThat(first[0]).isBetween(147, 153);
    assertThat(first[1]).isBetween(72, 78);
    assertThat(first[2]).isBetween(47, 53);
    assertThat(Pixels.unsigned(ImageFiles.decode(encode(grey, "jpg"), 1), 0)[5]).isBetween(99, 101);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void refusesFilesThatAreCutOff(String format) throws IOException {
    var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    var random = new SplitMix(3);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i >> 6, random.nextInt(1 << 24));
    }
    var whole = encode(image, format);
    for (int percent : new int[] {3, 30, 60, 90}) {
      var cut = Arrays.copyOf(whole, whole.length * percent / 100);
      assertThatThrownBy(() -> ImageFiles.decode(cut, 3))
          .as("%d %% of the file", percent)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("damaged or cut off");
    }
  }

  @Test
  void refusesWhatIsNoImageAndNamesTheFile() throws IOException {
    assertThatThrownBy(() -> ImageFiles.decode(new byte[0], 3))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no image: the file does not begin like");
    var text = Files.writeString(folder.resolve("a.png"), "hello, world");
    assertThatThrownBy(() -> ImageFiles.decode(text, 3))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(text.toString(), "no image: the file does not begin like");
    assertThatThrownBy(() -> ImageFiles.decode(folder.resolve("none.png"), 3))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("none.png: cannot be read: there is no such file or folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void refusesAHugeImageByItsHeader(String format) throws IOException {
    var small = encode(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), format);
    var encoded = ByteBuffer.wrap(small);
    if (format.equals("png")) {
      encoded.putInt(16, 20_000).putInt(20, 5_001);
      var checksum = new CRC32();
      checksum.update(small, 12, 17);
      encoded.putInt(29, (int) checksum.getValue());
    } else {
      int frame = 0;
      while (encoded.getShort(frame) != (short) 0xffc0) {
        frame++;
      }
      encoded.putShort(frame + 5, (short) 5_001).putShort(frame + 7, (short) 20_000);
    }
    assertThatThrownBy(() -> ImageFiles.decode(small, 3))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("20000 x 5001 px", "100 megapixels");
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    var out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }
}

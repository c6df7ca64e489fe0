package org.openmargin.exporter.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.files.image.LevelRule;
import org.openmargin.files.image.LevelRule.Range;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** The graph makes the levels of 16-bit PNG files that {@link LevelRule} makes in Java. */
class SixteenBitsTest {
  private static final int HEIGHT = 16;
  private static final int WIDTH = 24;

  @ParameterizedTest
  @CsvSource({"0, 4095", "0, 65535", "1000, 1001", "300, 40000", "65534, 65535"})
  void levelsOfARangeAreThoseOfJava(int lowest, int highest) throws IOException {
    var rule =
        new LevelRule(
            LevelRule.DEFAULT.window(),
            LevelRule.DEFAULT.frame(),
            Optional.of(new Range(lowest, highest)));
    for (var bands : new int[] {1, 3}) {
      mustAgree(rule, bands, 16);
      mustAgree(rule, bands, 8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void withoutARangeItIsTheUpperByte(int bands) throws IOException {
    mustAgree(LevelRule.DEFAULT, bands, 16);
    mustAgree(LevelRule.DEFAULT, bands, 8);
  }

  private static void mustAgree(LevelRule rule, int bands, int bits) throws IOException {
    var raster = raster(bands, bits);
    var answer = decoded(png(raster, bands, bits), rule);
    var at = 0;
    for (var y = 0; y < HEIGHT; y++) {
      for (var x = 0; x < WIDTH; x++) {
        for (var band = 0; band < 3; band++) {
          var sample = raster.getSample(x, y, Math.min(band, bands - 1));
          assertThat(answer[at++] & 0xff).isEqualTo(bits == 16 ? rule.level(sample) : sample);
        }
      }
    }
  }

  private static byte[] decoded(byte[] file, LevelRule rule) {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var tf = Ops.create(graph);
      var fed = tf.placeholder(TString.class, Placeholder.shape(Shape.of(1)));
      var decoder = FileDecoder.of(tf, tf.reshape(fed, tf.array(new int[0])), 3, rule);
      try (var tensor = TensorProtos.strings(List.of(file));
          var result =
              session
                  .runner()
                  .feed(fed, tensor)
                  .fetch(decoder.image())
                  .fetch(decoder.reason())
                  .run()) {
        assertThat(((TString) result.get(1)).getObject()).isEqualTo("ok");
        var image = (TUint8) result.get(0);
        assertThat(image.shape()).isEqualTo(Shape.of(HEIGHT, WIDTH, 3));
        var pixels = new byte[HEIGHT * WIDTH * 3];
        image.asRawTensor().data().read(pixels);
        return pixels;
      }
    }
  }

  private static WritableRaster raster(int bands, int bits) {
    var random = new Random(3);
    var model = model(bands, bits);
    var raster = model.createCompatibleWritableRaster(WIDTH, HEIGHT);
    for (var y = 0; y < HEIGHT; y++) {
      for (var x = 0; x < WIDTH; x++) {
        for (var band = 0; band < bands; band++) {
          var small = random.nextInt(2) == 0 ? 12 : 16;
          raster.setSample(x, y, band, random.nextInt(1 << Math.min(bits, small)));
        }
      }
    }
    return raster;
  }

  private static byte[] png(WritableRaster raster, int bands, int bits) throws IOException {
    var file = new ByteArrayOutputStream();
    assertThat(
            ImageIO.write(new BufferedImage(model(bands, bits), raster, false, null), "png", file))
        .isTrue();
    return file.toByteArray();
  }

  private static ComponentColorModel model(int bands, int bits) {
    return new ComponentColorModel(
        ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
        false,
        false,
        BufferedImage.OPAQUE,
        bits == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE);
  }
}

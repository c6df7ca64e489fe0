package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.InputFormat;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TString;

class EncodedImagesTest {
  private static final InputFormat FORMAT = InputFormat.of(6, 6, 3);
  private static Graph graph;
  private static Session session;
  private static Placeholder<TString> files;
  private static EncodedImages images;

  @SuppressWarnings("ArrayRecordComponent") // a pair of results, never compared
  private record Decoded(List<String> reasons, byte[] pixels) {}

  @BeforeAll
  static void build() {
    graph = new Graph();
    session = new Session(graph);
    var tf = Ops.create(graph);
    files = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
    images = EncodedImages.of(tf, files, new Preprocessing(FORMAT, 0));
  }

  @AfterAll
  static void close() {
    session.close();
    graph.close();
  }

  @Test
  void pngFilesGiveTheirPixels() {
    var pixels = TrainedNetwork.randomImages(3, FORMAT.bytes());

    var decoded = decode(pixels.stream().map(p -> Png.encode(p, 6, 6, 3)).toList());

    assertThat(decoded.reasons()).containsExactly("ok", "ok", "ok");
    assertThat(Arrays.copyOfRange(decoded.pixels(), FORMAT.bytes(), 2 * FORMAT.bytes()))
        .isEqualTo(pixels.get(1));
  }

  @Test
  void greyPngFilesBecomeThreeEqualChannels() {
    var decoded = decode(List.of(Png.encode(new byte[] {7}, 1, 1, 1)));

    assertThat(decoded.reasons()).containsExactly("ok");
    assertThat(decoded.pixels()).containsOnly(7);
  }

  @Test
  void jpegFilesOfDifferentSizesAreDecodedTogether() throws IOException {
    var decoded = decode(List.of(jpeg(30, 20, Color.RED), jpeg(6, 6, Color.BLUE)));

    assertThat(decoded.reasons()).containsExactly("ok", "ok");
    assertThat(decoded.pixels()[0] & 0xff).isGreaterThan(240);
    assertThat(decoded.pixels()[2] & 0xff).isLessThan(15);
    assertThat(decoded.pixels()[FORMAT.bytes()] & 0xff).isLessThan(15);
    assertThat(decoded.pixels()[FORMAT.bytes() + 2] & 0xff).isGreaterThan(240);
  }

  /** 0.299 R + 0.587 G + 0.114 B of the decoded colours, not the brightness that the file holds. */
  @Test
  void colourFilesBecomeGreyAsInTraining() throws IOException {
    var file = jpeg(6, 6, new Color(250, 10, 140));
    var colour = decode(List.of(file)).pixels();
    var format = InputFormat.of(6, 6, 1);
    try (var own = new Graph();
        var runner = new Session(own)) {
      var tf = Ops.create(own);
      var input = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
      var grey = EncodedImages.of(tf, input, new Preprocessing(format, 0));
      try (var tensor = TensorProtos.strings(List.of(file));
          var result = runner.runner().feed(input, tensor).fetch(grey.pixels()).run()) {
        var pixels = new byte[36];
        result.get(0).asRawTensor().data().read(pixels);
        for (var i = 0; i < 36; i++) {
          var sum =
              299 * (colour[3 * i] & 0xff)
                  + 587 * (colour[3 * i + 1] & 0xff)
                  + 114 * (colour[3 * i + 2] & 0xff);
          assertThat(pixels[i] & 0xff).isEqualTo((sum + 500) / 1000);
        }
      }
    }
  }

  @Test
  void nonImagesAreBlackAndNotOk() {
    var good = new byte[FORMAT.bytes()];
    Arrays.fill(good, (byte) 90);

    var decoded =
        decode(
            List.of(
                new byte[0],
                "GIF89a".getBytes(StandardCharsets.US_ASCII),
                new byte[] {(byte) 0xff, (byte) 0xd8},
                Png.encode(good, 6, 6, 3),
                "a text".getBytes(StandardCharsets.UTF_8)));

    assertThat(decoded.reasons())
        .containsExactly("not_an_image", "not_an_image", "not_an_image", "ok", "not_an_image");
    assertThat(Arrays.copyOf(decoded.pixels(), 3 * FORMAT.bytes())).containsOnly(0);
    assertThat(Arrays.copyOfRange(decoded.pixels(), 3 * FORMAT.bytes(), 4 * FORMAT.bytes()))
        .containsOnly(90);
  }

  @Test
  void noFileGivesNoImage() {
    var decoded = decode(List.of());

    assertThat(decoded.reasons()).isEmpty();
    assertThat(decoded.pixels()).isEmpty();
  }

  /** Under the batching of a server, the others are other clients'. */
  @Test
  void aFileThatIsCutOffFailsAlone() throws IOException {
    var pixels = new byte[FORMAT.bytes()];
    Arrays.fill(pixels, (byte) 90);
    var png = Png.encode(pixels, 6, 6, 3);
    var jpeg = jpeg(30, 20, Color.RED);
    var ended = Arrays.copyOf(jpeg, jpeg.length - 8);
    ended[ended.length - 2] = (byte) 0xff;
    ended[ended.length - 1] = (byte) 0xd9;

    var decoded =
        decode(List.of(png, Arrays.copyOf(png, 40), Arrays.copyOf(jpeg, 200), ended, jpeg, png));

    assertThat(decoded.reasons())
        .containsExactly("ok", "truncated", "truncated", "truncated", "ok", "ok");
    assertThat(Arrays.copyOf(decoded.pixels(), FORMAT.bytes())).containsOnly(90);
    assertThat(Arrays.copyOfRange(decoded.pixels(), 5 * FORMAT.bytes(), 6 * FORMAT.bytes()))
        .containsOnly(90);
  }

  private static Decoded decode(List<byte[]> contents) {
    try (var tensor = TensorProtos.strings(contents);
        var result =
            session
                .runner()
                .feed(files, tensor)
                .fetch(images.reason())
                .fetch(images.pixels())
                .run()) {
      var reasons = ((TString) result.get(0)).streamOfObjects().toList();
      var pixels = new byte[(int) result.get(1).numBytes()];
      result.get(1).asRawTensor().data().read(pixels);
      return new Decoded(reasons, pixels);
    }
  }

  private static byte[] jpeg(int height, int width, Color color) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var canvas = image.createGraphics();
    canvas.setColor(color);
    canvas.fillRect(0, 0, width, height);
    canvas.dispose();
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }
}

package org.openmargin.exporter.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.LevelRule;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TString;

class FileDecoderTest {
  private static final byte[] END = {(byte) 0xff, (byte) 0xd9};
  private static Graph graph;
  private static Session session;
  private static Placeholder<TString> file;
  private static FileDecoder decoder;

  @BeforeAll
  static void build() {
    graph = new Graph();
    session = new Session(graph);
    var tf = Ops.create(graph);
    file = tf.placeholder(TString.class, Placeholder.shape(Shape.of(1)));
    decoder = FileDecoder.of(tf, tf.reshape(file, tf.array(new int[0])), 3, LevelRule.DEFAULT);
  }

  @AfterAll
  static void close() {
    session.close();
    graph.close();
  }

  @ParameterizedTest
  @CsvSource({
    "64, 80, false, false",
    "65, 81, true, false",
    "64, 80, false, true",
    "31, 17, true, true",
    "1, 1, false, false"
  })
  void wholeFilesAreDecoded(int height, int width, boolean progressive, boolean grey)
      throws IOException {
    var picture = picture(height, width, grey);

    assertThat(reason(jpeg(picture, progressive))).isEqualTo("ok");
    assertThat(reason(png(picture))).isEqualTo("ok");
  }

  @Test
  void whatFollowsTheEndDoesNotMatter() throws IOException {
    var picture = picture(64, 80, false);
    assertThat(reason(join(jpeg(picture, false), new byte[500]))).isEqualTo("ok");
    assertThat(reason(join(jpeg(picture, true), jpeg(picture, false)))).isEqualTo("ok");
    assertThat(reason(join(png(picture), new byte[500]))).isEqualTo("ok");
  }

  /** Thumbnails have end markers of their own. */
  @Test
  void segmentsMayHoldAnything() throws IOException {
    var jpeg = jpeg(picture(64, 80, false), false);
    var thumbnail = jpeg(picture(8, 8, false), false);
    assertThat(reason(withSegment(jpeg, 0xe1, thumbnail))).isEqualTo("ok");
    var cut = Arrays.copyOf(jpeg, jpeg.length / 2);
    assertThat(reason(withSegment(cut, 0xe1, thumbnail))).isEqualTo("truncated");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97})
  void filesThatAreCutOffAreTruncated(double kept) throws IOException {
    for (var picture : new BufferedImage[] {picture(64, 80, false), picture(90, 70, true)}) {
      for (var whole : new byte[][] {jpeg(picture, false), jpeg(picture, true), png(picture)}) {
        var cut = Arrays.copyOf(whole, Math.max(9, (int) (kept * whole.length)));
        assertThat(reason(cut)).isEqualTo("truncated");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.93})
  void aJpegFileThatIsCutOffAndEndedAnewIsTruncated(double kept) throws IOException {
    for (var picture :
        new BufferedImage[] {picture(64, 80, false), picture(90, 70, true), flat(300, 200, 230)}) {
      var whole = jpeg(picture, false);
      var data = scanStart(whole);
      var length = data + (int) (kept * (whole.length - 2 - data));
      assertThat(reason(join(Arrays.copyOf(whole, length), END))).isEqualTo("truncated");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.5, 0.6})
  void aProgressiveFileThatLacksScansIsTruncated(double kept) throws IOException {
    var whole = jpeg(picture(64, 80, false), true);
    var cut = Arrays.copyOf(whole, (int) (kept * whole.length));
    assertThat(reason(join(cut, END))).isEqualTo("truncated");
  }

  @Test
  void aPictureOfTheDecodersGreyIsNoDamage() throws IOException {
    assertThat(reason(jpeg(flat(40, 40, 128), false))).isEqualTo("ok");
    assertThat(reason(jpeg(flat(200, 40, 128), true))).isEqualTo("ok");
  }

  @Test
  void zerosInPlaceOfTheEndAreDamage() throws IOException {
    var picture = picture(64, 80, false);
    for (var whole : new byte[][] {jpeg(picture, false), png(picture)}) {
      Arrays.fill(whole, whole.length * 6 / 10, whole.length, (byte) 0);
      assertThat(reason(whole)).isEqualTo("truncated");
    }
  }

  @Test
  void whatClaimsTooManyPixelsIsNotDecoded() {
    assertThat(reason(emptyPng(20_000, 20_000))).isEqualTo("too_large");
    assertThat(reason(emptyPng(Integer.MAX_VALUE, Integer.MAX_VALUE))).isEqualTo("too_large");
    assertThat(reason(emptyPng(-1, -1))).isEqualTo("too_large");
    assertThat(reason(emptyPng(1, 100_000_001))).isEqualTo("too_large");
    assertThat(reason(emptyPng(0, 5))).isEqualTo("truncated");
  }

  @Test
  void aJpegFileThatClaimsTooManyPixelsIsNotDecoded() throws IOException {
    var jpeg = jpeg(picture(16, 16, false), false);
    var frame = indexOf(jpeg, 0xc0);
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xf0);
    assertThat(reason(jpeg)).isEqualTo("too_large");
  }

  @Test
  void kindsThatDecodersReadDifferentlyAreNotDecoded() throws IOException {
    var jpeg = jpeg(picture(16, 16, false), false);
    var frame = indexOf(jpeg, 0xc0);
    for (var code : new int[] {0xc3, 0xc5, 0xc9, 0xcf}) {
      assertThat(reason(changed(jpeg, frame + 1, code))).isEqualTo("not_an_image");
    }
    assertThat(reason(changed(jpeg, frame + 4, 12))).isEqualTo("not_an_image");
    assertThat(reason(changed(jpeg, frame + 9, 4))).isEqualTo("not_an_image");
    assertThat(reason(changed(jpeg, frame + 9, 2))).isEqualTo("truncated");
    assertThat(reason(Arrays.copyOf(jpeg, frame + 4))).isEqualTo("truncated");
  }

  @Test
  void otherBytesAreNoImage() {
    for (var text : new String[] {"", "GIF89a", "\u00ff\u00d8", "\u0089PNG", "a text", "BM"}) {
      assertThat(reason(text.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo("not_an_image");
    }
    for (var text : new String[] {"\u00ff\u00d8\u00ff", "\u0089PNG\r\n\u001a\n"}) {
      assertThat(reason(text.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo("truncated");
    }
  }

  @Test
  void endlessSegmentsAreGivenUp() throws IOException {
    var jpeg = jpeg(picture(16, 16, false), false);
    var most = EncodedImage.MOST_SEGMENTS;
    var few = new byte[most / 2];
    var many = new byte[most];
    Arrays.fill(few, (byte) 0xff);
    Arrays.fill(many, (byte) 0xff);
    assertSame(inserted(jpeg, 2, few), "ok");
    assertSame(inserted(jpeg, 2, many), "truncated");
  }

  /** No damage stops the graph, and what Java accepts, the graph accepts. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void noDamageFailsTheGraph(long seed) throws IOException {
    var random = new Random(seed);
    var picture = picture(40, 50, seed == 3);
    for (var whole : new byte[][] {jpeg(picture, false), jpeg(picture, true), png(picture)}) {
      for (var i = 0; i < 60; i++) {
        var bytes = whole.clone();
        for (var flips = random.nextInt(1, 5); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        var cut = Arrays.copyOf(bytes, 3 + random.nextInt(bytes.length));
        assertThat(List.of(reason(bytes), reason(cut)))
            .isSubsetOf("ok", "truncated", "too_large", "not_an_image");
        if (accepted(bytes)) {
          assertThat(reason(bytes)).isEqualTo("ok");
        }
      }
    }
  }

  /** Whoever asks with a DICOM file converts it first, by the model's rule. */
  @Test
  void aDicomFileIsNoImageToTheGraph() {
    var file = new byte[4096];
    System.arraycopy("DICM".getBytes(StandardCharsets.ISO_8859_1), 0, file, 128, 4);
    assertThat(reason(file)).isEqualTo("not_an_image");
  }

  private static void assertSame(byte[] bytes, String reason) {
    assertThat(reason(bytes)).isEqualTo(reason);
    assertThat(accepted(bytes)).isEqualTo(reason.equals("ok"));
  }

  private static boolean accepted(byte[] bytes) {
    try {
      return EncodedImage.of(bytes).file().length > 0;
    } catch (ImageFileException e) {
      return false;
    }
  }

  private static String reason(byte[] bytes) {
    try (var tensor = TensorProtos.strings(List.of(bytes));
        var result =
            session
                .runner()
                .feed(file, tensor)
                .fetch(decoder.reason())
                .fetch(decoder.image())
                .run()) {
      return ((TString) result.get(0)).getObject();
    }
  }

  private static BufferedImage picture(int height, int width, boolean grey) {
    var random = new Random(height);
    var image =
        new BufferedImage(
            width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (var y = 0; y < height; y++) {
      for (var x = 0; x < width; x++) {
        var noise = random.nextInt(20);
        image.setRGB(
            x, y, new Color((3 * x + noise) % 256, (2 * y + noise) % 256, 90 + noise).getRGB());
      }
    }
    return image;
  }

  private static BufferedImage flat(int height, int width, int brightness) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var canvas = image.createGraphics();
    canvas.setColor(new Color(brightness, brightness, brightness));
    canvas.fillRect(0, 0, width, height);
    canvas.dispose();
    return image;
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      var parameters = writer.getDefaultWriteParam();
      if (progressive) {
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static byte[] png(BufferedImage image) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** A file as small as one of that size can be: its pixels are not there. */
  private static byte[] emptyPng(int width, int height) {
    var out = new ByteArrayOutputStream();
    out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    chunk(
        out,
        "IHDR",
        ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2}).array());
    var deflater = new Deflater();
    deflater.setInput(new byte[50]);
    deflater.finish();
    var data = new byte[100];
    chunk(out, "IDAT", Arrays.copyOf(data, deflater.deflate(data)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
    var bytes = join(type.getBytes(StandardCharsets.ISO_8859_1), content);
    var checksum = new CRC32();
    checksum.update(bytes);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(bytes);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }

  private static byte[] withSegment(byte[] jpeg, int code, byte[] content) {
    var header = new byte[] {(byte) 0xff, (byte) code, 0, 0};
    header[2] = (byte) ((content.length + 2) >> 8);
    header[3] = (byte) (content.length + 2);
    return inserted(jpeg, 2, join(header, content));
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] more) {
    return join(join(Arrays.copyOf(bytes, at), more), Arrays.copyOfRange(bytes, at, bytes.length));
  }

  private static byte[] changed(byte[] bytes, int at, int value) {
    var copy = bytes.clone();
    copy[at] = (byte) value;
    return copy;
  }

  private static int indexOf(byte[] jpeg, int code) {
    for (var i = 0; ; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == code) {
        return i;
      }
    }
  }

  private static int scanStart(byte[] jpeg) {
    return indexOf(jpeg, 0xda) + 14;
  }

  private static byte[] join(byte[] a, byte[] b) {
    var joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }
}

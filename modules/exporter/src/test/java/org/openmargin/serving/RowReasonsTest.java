package org.openmargin.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.exporter.ExportRequest;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.GoldenImages;
import org.openmargin.exporter.TrainedNetwork;
import org.openmargin.scoring.evaluation.Guard;
import org.openmargin.serving.gate.ModelGate;
import org.tensorflow.proto.ConfigProto;

/** Reasons of rows: the same from the graph and from Java, and what the guard finds. */
class RowReasonsTest {
  @TempDir static Path directory;
  private static Path exported;
  private static OpenSetClassifier classifier;

  @BeforeAll
  static void export() throws IOException {
    var trained = TrainedNetwork.omcl(directory.resolve("run"));
    var plain = trained.request(directory, "combination");
    var decision = plain.decision();
    var guard = Guard.of(decision.scorer(), trained.predictions());
    assertThat(guard).isPresent();
    var guarded =
        new ExportRequest.Decision(decision.head(), decision.scorer(), decision.rule(), guard);
    var golden =
        GoldenImages.of(trained.images(), trained.predictions(), guarded, TrainedNetwork.BATCH);
    var target = new ExportRequest.Target(directory, "guarded", OptionalLong.empty());
    var request = new ExportRequest(plain.source(), guarded, target, golden);
    exported = Exporter.export(request).directory();
    classifier = OpenSetClassifier.load(exported);
  }

  @AfterAll
  static void close() {
    classifier.close();
  }

  @Test
  void damagedFilesHaveTheSameReasonInTheGraphAndInJava() throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    var jpeg = encoded(picture(64, Color.BLUE), "jpg");
    var png = encoded(picture(64, Color.BLUE), "png");
    var frame = indexOf(jpeg, 0xc0);
    files.put("a text", "a text".getBytes(StandardCharsets.UTF_8));
    files.put("nothing", new byte[0]);
    files.put("a HEIC head", "....ftypheic....".getBytes(StandardCharsets.UTF_8));
    files.put("half a JPEG", Arrays.copyOf(jpeg, jpeg.length / 2));
    files.put("half a JPEG with an end", ended(Arrays.copyOf(jpeg, jpeg.length / 2)));
    files.put("a JPEG without its end", Arrays.copyOf(jpeg, jpeg.length - 2));
    files.put("zeros at the end", Arrays.copyOf(Arrays.copyOf(jpeg, jpeg.length / 2), jpeg.length));
    files.put("a JPEG cut in its frame", Arrays.copyOf(jpeg, frame + 4));
    files.put("a JPEG cut in its sizes", Arrays.copyOf(jpeg, frame + 7));
    files.put("12 bits", changed(jpeg, frame + 4, 12));
    files.put("no bits", changed(jpeg, frame + 4, 0));
    files.put("CMYK", changed(jpeg, frame + 9, 4));
    files.put("lossless", changed(jpeg, frame + 1, 0xc3));
    files.put("arithmetic-coded", changed(jpeg, frame + 1, 0xc9));
    files.put("two components", changed(jpeg, frame + 9, 2));
    files.put("no width", changed(changed(jpeg, frame + 7, 0), frame + 8, 0));
    files.put("a huge JPEG", huge(jpeg, frame + 5));
    files.put("a huge JPEG of 12 bits", changed(huge(jpeg, frame + 5), frame + 4, 12));
    files.put("half a PNG", Arrays.copyOf(png, png.length / 2));
    files.put("a huge PNG", hugePng(png));
    files.put("a PNG with a wrong checksum", changed(png, png.length - 30, 1));
    files.put("a PNG's first bytes", Arrays.copyOf(png, 8));
    for (var seed = 1; seed <= 40; seed++) {
      files.put("noise " + seed, noisy(seed % 2 == 0 ? jpeg : png, seed));
    }
    var contents = List.copyOf(files.values());
    var inGraph = inGraph(contents);
    var inJava = classifier.classifyEncoded(contents);
    var names = List.copyOf(files.keySet());
    for (var i = 0; i < names.size(); i++) {
      var row = inJava.get(i);
      if (!inGraph.get(i).scored() || row.inputOk()) {
        assertThat(row.reason()).as(names.get(i)).isEqualTo(inGraph.get(i));
      } else {
        // The graph sees less; what Java sees in addition is damage.
        assertThat(row.reason()).as(names.get(i)).isEqualTo(Reason.TRUNCATED);
      }
      assertThat(row.unknown()).as(names.get(i)).isTrue();
      assertThat(row.detail()).as(names.get(i)).isNotBlank();
    }
    assertThat(inGraph.subList(0, 22)).doesNotContain(Reason.OK, Reason.NOT_FINITE);
    assertThat(inGraph).contains(Reason.NOT_AN_IMAGE, Reason.TOO_LARGE, Reason.TRUNCATED);
    for (var kind : List.of("12 bits", "CMYK", "lossless", "a huge JPEG of 12 bits")) {
      assertThat(inJava.get(names.indexOf(kind)).reason()).isEqualTo(Reason.NOT_AN_IMAGE);
    }
    assertThat(inJava.get(names.indexOf("a huge JPEG")).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  /** Formats that only Java reads. */
  @Test
  void filesThatAreConvertedFirstHaveTheReasonsOfTheirOwnDamage() throws IOException {
    var bmp = encoded(picture(40, Color.RED), "bmp");
    var gif = encoded(picture(40, Color.RED), "gif");
    var frame = frameOf(gif);
    var huge = ByteBuffer.wrap(gif.clone()).order(ByteOrder.LITTLE_ENDIAN);
    huge.putShort(frame + 5, (short) 11_000).putShort(frame + 7, (short) 11_000);
    var answers =
        classifier.classifyEncoded(
            List.of(bmp, gif, huge.array(), Arrays.copyOf(gif, gif.length / 2)));
    assertThat(answers.get(0).inputOk()).isTrue();
    assertThat(answers.get(1).inputOk()).isTrue();
    assertThat(answers.get(2).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(answers.get(2).detail()).contains("11000 x 11000 px");
    assertThat(answers.get(3).reason()).isEqualTo(Reason.TRUNCATED);
  }

  @Test
  void anUnusualImageKeepsItsScoreAndSaysWhyItIsRejected() throws IOException {
    var file = encoded(picture(40, Color.MAGENTA), "png");
    var answer = classifier.classifyEncoded(List.of(file)).get(0);

    assertThat(answer.unusual()).isTrue();
    assertThat(answer.unknown()).isTrue();
    assertThat(answer.reason()).isEqualTo(Reason.UNUSUAL_INPUT);
    assertThat(answer.unknownScore()).isGreaterThan(classifier.threshold()).isLessThan(1e30);
    assertThat(answer.inputOk()).isTrue();
    assertThat(classifier.classNames()).contains(answer.bestKnownLabel());

    var lax = answer.at(answer.unknownScore());
    assertThat(lax.reason()).isEqualTo(Reason.OK);
    assertThat(lax.label()).isEqualTo(answer.bestKnownLabel());
    assertThat(lax.unusual()).isTrue();
    var strict = lax.at(Math.nextDown((float) answer.unknownScore()));
    assertThat(strict.reason()).isEqualTo(Reason.UNUSUAL_INPUT);
    assertThat(strict.label()).isEqualTo("unknown");
  }

  @Test
  void pathsAreReadInOrder() throws IOException {
    var good = Files.write(directory.resolve("a.png"), encoded(picture(40, Color.RED), "png"));
    var bad = Files.writeString(directory.resolve("b.png"), "no image");
    var answers = classifier.classifyFiles(List.of(bad, good));
    assertThat(answers).extracting(Classification::inputOk).containsExactly(false, true);
    assertThat(classifier.classify(bad).reason()).isEqualTo(Reason.NOT_AN_IMAGE);
  }

  @Test
  void theGateAcceptsTheModelWithItsGuard() {
    var gate = new ModelGate(Optional.empty(), ConfigProto.getDefaultInstance());
    assertThat(gate.check(exported)).allMatch(Finding::ok);
  }

  private static List<Reason> inGraph(List<byte[]> files) {
    try (var model = LoadedModel.open(exported, ConfigProto.getDefaultInstance());
        var fed = TensorProtos.strings(files);
        var answers =
            model.call(ModelContract.SERVING_BYTES, Map.of(ModelContract.IMAGE_BYTES, fed))) {
      return answers.strings(ModelContract.REASON).stream().map(Reason::of).toList();
    }
  }

  /** Where the frame of 40 x 40 pixels of a GIF file begins. */
  private static int frameOf(byte[] gif) {
    for (var i = 0; ; i++) {
      if (gif[i] == 0x2c && gif[i + 5] == 40 && gif[i + 7] == 40) {
        return i;
      }
    }
  }

  private static BufferedImage picture(int size, Color colour) {
    var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    var canvas = image.createGraphics();
    for (var i = 0; i < size; i += 4) {
      canvas.setColor(i % 8 == 0 ? colour : Color.WHITE);
      canvas.fillRect(i, 0, 4, size);
    }
    canvas.dispose();
    return image;
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    var out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] noisy(byte[] file, long seed) {
    var random = new Random(seed);
    var copy = file.clone();
    for (var i = 0; i < 5; i++) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
    }
    return copy;
  }

  private static byte[] ended(byte[] half) {
    half[half.length - 2] = (byte) 0xff;
    half[half.length - 1] = (byte) 0xd9;
    return half;
  }

  private static byte[] changed(byte[] bytes, int at, int value) {
    var copy = bytes.clone();
    copy[at] = (byte) value;
    return copy;
  }

  private static byte[] huge(byte[] jpeg, int sizes) {
    var copy = jpeg.clone();
    Arrays.fill(copy, sizes, sizes + 4, (byte) 0xf0);
    return copy;
  }

  private static byte[] hugePng(byte[] png) {
    var copy = png.clone();
    ByteBuffer.wrap(copy).putInt(16, 20_000).putInt(20, 20_000);
    return copy;
  }

  private static int indexOf(byte[] jpeg, int code) {
    for (var i = 0; ; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == code) {
        return i;
      }
    }
  }
}

package org.openmargin.model.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.model.foreign.PixelConvention.Layout;
import org.openmargin.model.foreign.PixelConvention.Order;
import org.openmargin.model.foreign.SavedModelBackbone.Settings;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** SavedModels of all kinds, and what is said of those that cannot be backbones. */
class ForeignModelsTest {
  private static final double CLOSE = 1e-4;

  @TempDir Path folder;

  /** Mean of each channel: [n, 3]. */
  private static Operand<TFloat32> means(Ops tf, Operand<TFloat32> images) {
    return tf.math.mean(images, tf.array(1, 2));
  }

  private static double[] expectedMeans(int image, double factor, double shift) {
    var means = new double[3];
    var pixels = Foreign.pixels(image + 1, Foreign.FORMAT);
    for (var i = 0; i < 16 * 16; i++) {
      for (var c = 0; c < 3; c++) {
        means[c] += pixels[(image * 16 * 16 + i) * 3 + c] / 256;
      }
    }
    for (var c = 0; c < 3; c++) {
      means[c] = means[c] * factor + shift;
    }
    return means;
  }

  private static double[] first(SavedModelBackbone backbone) {
    return Foreign.embeddings(backbone, 1, Foreign.FORMAT);
  }

  private void refused(Path model, String... words) {
    refused(Foreign.backbone(model), words);
  }

  private static void refused(SavedModelBackbone backbone, String... words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backbone.embeddingSize(Foreign.FORMAT))
        .withMessageStartingWith("saved_model: ")
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void pixelsComeAsTheModelWantsThem() throws IOException {
    var model = WrittenModel.write(folder, ForeignModelsTest::means);
    assertThat(first(Foreign.backbone(model)))
        .containsExactly(expectedMeans(0, 1, 0), within(CLOSE));
    assertThat(first(Foreign.backbone(model, PixelConvention.ZERO_TO_ONE, Pooling.NONE)))
        .containsExactly(expectedMeans(0, 1 / 255.0, 0), within(CLOSE));
    assertThat(first(Foreign.backbone(model, PixelConvention.MINUS_ONE_TO_ONE, Pooling.NONE)))
        .containsExactly(expectedMeans(0, 2 / 255.0, -1), within(CLOSE));
    var imagenet =
        new PixelConvention(255, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
    var rgb = expectedMeans(0, 1 / 255.0, 0);
    assertThat(first(Foreign.backbone(model, imagenet, Pooling.NONE)))
        .containsExactly(
            new double[] {
              (rgb[0] - 0.485) / 0.229, (rgb[1] - 0.456) / 0.224, (rgb[2] - 0.406) / 0.225
            },
            within(CLOSE));
    var bgr = PixelConvention.ZERO_TO_ONE.with(Order.BGR, Layout.CHANNELS_LAST);
    assertThat(first(Foreign.backbone(model, bgr, Pooling.NONE)))
        .containsExactly(new double[] {rgb[2], rgb[1], rgb[0]}, within(CLOSE));
  }

  @Test
  void channelsMayComeFirst() throws IOException {
    var model =
        WrittenModel.write(
            folder,
            TFloat32.class,
            Shape.of(-1, 3, 16, 16),
            (tf, images) -> tf.math.mean(images, tf.array(2, 3)));
    refused(model, "has 16 channels by layout CHANNELS_LAST", "set layout to the other one");
    var first = PixelConvention.RAW.with(Order.RGB, Layout.CHANNELS_FIRST);
    assertThat(first(Foreign.backbone(model, first, Pooling.NONE)))
        .containsExactly(expectedMeans(0, 1, 0), within(CLOSE));
  }

  @Test
  void bytesAreTakenRawOnly() throws IOException {
    var model =
        WrittenModel.write(
            folder,
            TUint8.class,
            Shape.of(-1, 16, 16, 3),
            (tf, images) -> means(tf, tf.dtypes.cast(images, TFloat32.class)));
    assertThat(first(Foreign.backbone(model)))
        .containsExactly(expectedMeans(0, 1, 0), within(CLOSE));
    refused(
        Foreign.backbone(model, PixelConvention.ZERO_TO_ONE, Pooling.NONE),
        "its input is uint8, so pixels must be raw");
  }

  @Test
  void mapsAndTokensArePooled() throws IOException {
    var map = WrittenModel.write(folder.resolve("map"), (tf, images) -> tf.identity(images));
    refused(map, "which pooling NONE does not turn into one embedding per image; try MEAN");
    assertThat(first(Foreign.backbone(map, PixelConvention.RAW, Pooling.MEAN)))
        .containsExactly(expectedMeans(0, 1, 0), within(CLOSE));
    var tokens =
        WrittenModel.write(
            folder.resolve("tokens"), (tf, images) -> tf.reshape(images, tf.array(-1, 256, 3)));
    var pixels = Foreign.pixels(1, Foreign.FORMAT);
    assertThat(first(Foreign.backbone(tokens, PixelConvention.RAW, Pooling.FIRST_TOKEN)))
        .containsExactly(pixels[0], pixels[1], pixels[2]);
    assertThat(first(Foreign.backbone(tokens, PixelConvention.RAW, Pooling.MEAN)))
        .containsExactly(expectedMeans(0, 1, 0), within(CLOSE));
  }

  @Test
  void aSquareSideIsThatOfTheSettingsUnlessTheSignatureHasOne() throws IOException {
    var any = WrittenModel.write(folder.resolve("any"), ForeignModelsTest::means);
    var side =
        WrittenModel.write(
            folder.resolve("side"),
            TFloat32.class,
            Shape.of(-1, 8, 8, 3),
            ForeignModelsTest::means);
    var wanted = new Settings.Input(8, PixelConvention.RAW);
    var signature = Settings.Signature.DEFAULT;
    var enlarged = Foreign.backbone(any, signature, wanted, Pooling.NONE);
    // Shrunk by area: the mean stays.
    assertThat(first(enlarged)).containsExactly(expectedMeans(0, 1, 0), within(4.0));
    assertThat(first(Foreign.backbone(side))).containsExactly(first(enlarged));
    refused(
        Foreign.backbone(
            side, signature, new Settings.Input(32, PixelConvention.RAW), Pooling.NONE),
        "input_size_px is 32, but its input is 8 px high");
  }

  @Test
  void severalInputsAndOutputsAreNamed() throws IOException {
    try (var graph = new Graph()) {
      var tf = Ops.create(graph);
      var shape = Placeholder.shape(Shape.of(-1, -1, -1, 3));
      var images = tf.withName("images").placeholder(TFloat32.class, shape);
      var scale = tf.withName("scale").placeholder(TFloat32.class, Placeholder.shape(Shape.of()));
      var plain = means(tf, images);
      var scaled = tf.math.mul(plain, scale);
      var outputs = new LinkedHashMap<String, TensorInfo>();
      outputs.put("plain", WrittenModel.info(plain));
      outputs.put("scaled", WrittenModel.info(scaled));
      WrittenModel.write(
          folder,
          graph,
          Map.of("images", WrittenModel.info(images), "scale", WrittenModel.info(scale)),
          outputs);
    }
    refused(folder, "the signature has 2 inputs; name one of them with input: images, scale");
    refused(named("images", ""), "the signature has 2 outputs", "plain, scaled");
    refused(named("pictures", "plain"), "has no input 'pictures'; it has images, scale");
    refused(named("images", "scaled"), "needs another input, scale, besides the images");
    assertThat(first(named("images", "plain")))
        .containsExactly(expectedMeans(0, 1, 0), within(CLOSE));
  }

  private SavedModelBackbone named(String input, String output) {
    var signature = new Settings.Signature("serve", "serving_default", input, output);
    return Foreign.backbone(
        folder, signature, new Settings.Input(0, PixelConvention.RAW), Pooling.NONE);
  }

  @Test
  void whatIsNoModelIsSaid() throws IOException {
    refused(folder.resolve("none"), "there is no such folder", "the working directory is");
    refused(folder, "holds no saved_model.pb");
    WrittenModel.write(folder.resolve("1"), ForeignModelsTest::means);
    refused(folder, "there is one in " + folder.resolve("1"));
    var file = Files.writeString(folder.resolve("net.keras"), "x");
    refused(file, "is a file, not the folder of a SavedModel", "model.export(FOLDER)");
    var damaged = Files.createDirectories(folder.resolve("damaged"));
    Files.writeString(damaged.resolve("saved_model.pb"), "nonsense");
    refused(damaged, "is damaged: it is no SavedModel");
    refused(Path.of(""), "path is empty");
  }

  @Test
  void tagsAndSignaturesThatAreMissingAreListed() throws IOException {
    var model = WrittenModel.write(folder, ForeignModelsTest::means);
    var input = new Settings.Input(0, PixelConvention.RAW);
    refused(
        Foreign.backbone(
            model, new Settings.Signature("train", "serving_default", "", ""), input, Pooling.NONE),
        "no graph with the tag 'train'; its graphs have the tags [[serve]]");
    refused(
        Foreign.backbone(
            model, new Settings.Signature("serve", "embed", "", ""), input, Pooling.NONE),
        "there is no signature 'embed'; it has serving_default");
  }

  @Test
  void inputsThatAreNoImagesAreRefused() throws IOException {
    try (var graph = new Graph()) {
      var tf = Ops.create(graph);
      var texts = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
      WrittenModel.write(
          folder,
          graph,
          Map.of("in", WrittenModel.info(texts)),
          Map.of("out", WrittenModel.info(texts)));
    }
    refused(folder, "its input is of type string; it must take images as float or uint8");
    var flat =
        WrittenModel.write(folder.resolve("flat"), TFloat32.class, Shape.of(-1, 768), (tf, x) -> x);
    refused(flat, "has the shape [-1, 768], not that of images");
    var one =
        WrittenModel.write(
            folder.resolve("one"),
            TFloat32.class,
            Shape.of(1, 16, 16, 3),
            ForeignModelsTest::means);
    refused(one, "it takes exactly 1 images at a time");
    var five =
        WrittenModel.write(
            folder.resolve("five"),
            TFloat32.class,
            Shape.of(-1, 16, 16, 5),
            ForeignModelsTest::means);
    refused(five, "its input has 5 channels");
    var grey =
        WrittenModel.write(
            folder.resolve("grey"),
            TFloat32.class,
            Shape.of(-1, 16, 16, 1),
            ForeignModelsTest::means);
    refused(grey, "it takes grey images, these have 3 channels");
    var integers =
        WrittenModel.write(
            folder.resolve("integers"),
            TInt32.class,
            Shape.of(-1, 16, 16, 3),
            (tf, x) -> tf.dtypes.cast(x, TFloat32.class));
    refused(integers, "its input is of type int32");
  }

  @Test
  void outputsThatAreNoEmbeddingsAreRefused() throws IOException {
    var logarithm =
        WrittenModel.write(
            folder.resolve("nan"),
            (tf, x) -> tf.math.log(tf.math.neg(tf.math.add(means(tf, x), tf.constant(1f)))));
    refused(logarithm, "an embedding of a random image holds NaN");
    var constant =
        WrittenModel.write(
            folder.resolve("constant"), (tf, x) -> tf.math.mul(means(tf, x), tf.constant(0f)));
    refused(constant, "it gives the same embedding for different images");
    var batch =
        WrittenModel.write(
            folder.resolve("batch"),
            (tf, x) ->
                tf.math.sub(
                    means(tf, x), tf.math.mean(means(tf, x), tf.array(0), Mean.keepDims(true))));
    refused(batch, "the embedding of an image depends on the other images of its batch");
    var elsewhere =
        WrittenModel.write(
            folder.resolve("elsewhere"), (tf, x) -> tf.zeros(tf.array(3, 3), TFloat32.class));
    refused(elsewhere, "its output does not depend on its input");
    var text =
        WrittenModel.write(folder.resolve("text"), (tf, x) -> tf.dtypes.asString(means(tf, x)));
    refused(text, "its output is of type TString");
  }

  @Test
  void answersThatWouldChangeAreRefused() throws IOException {
    var random =
        WrittenModel.write(
            folder.resolve("random"),
            (tf, x) ->
                tf.math.add(means(tf, x), tf.random.randomUniform(tf.array(1, 3), TFloat32.class)));
    refused(random, "(RandomUniform) has a state or is random, so answers may change");
  }
}

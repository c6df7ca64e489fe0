package org.openmargin.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.openmargin.exporter.ExportRequest.Decision;
import org.openmargin.exporter.ExportRequest.Source;
import org.openmargin.exporter.ExportRequest.Target;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.loss.Scale;
import org.openmargin.loss.SoftmaxCrossEntropy;
import org.openmargin.loss.Suppression;
import org.openmargin.model.ResNet;
import org.openmargin.model.StainStatistics;
import org.openmargin.nn.Features;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.scoring.scorer.Scorer;
import org.openmargin.scoring.training.LinearHead;
import org.openmargin.scoring.training.TrainingOutputs;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Stands in for a trainer: a tiny network with random weights, its checkpoint, and the outputs of a
 * separate evaluation graph on random images, which scorers are fitted to.
 */
public record TrainedNetwork(
    OpenSetNetwork network,
    Path checkpoint,
    Head head,
    List<byte[]> images,
    Predictions predictions,
    List<Scorer> scorers) {
  public static final List<String> CLASSES =
      List.of("erythroblast", "eosinophil", "monocyte", "platelet");
  public static final int BATCH = 5;
  public static final Features FEATURES =
      new Features(List.of("stem", "stage2"), List.of(new StainStatistics()));
  private static final int IMAGES = 12;
  private static final float SCALE = 16;

  public static TrainedNetwork omcl(Path directory) throws IOException {
    return omcl(directory, InputFormat.of(20, 20, 3));
  }

  public static TrainedNetwork omcl(Path directory, InputFormat input) throws IOException {
    return omcl(directory, input, ConfigProto.getDefaultInstance());
  }

  /**
   * @param session of the evaluation; the last bits differ from those of others
   */
  static TrainedNetwork omcl(Path directory, InputFormat input, ConfigProto session)
      throws IOException {
    var open = new OpenClass(true, 0.1, Suppression.NONE);
    var head = new Omcl(CLASSES.size(), Omcl.Margins.NONE, open, new Scale(SCALE, 0.1));
    return of(directory, input, head, Head.openCosine(CLASSES, SCALE), session);
  }

  public static TrainedNetwork softmax(Path directory) throws IOException {
    return linear(
        directory,
        new SoftmaxCrossEntropy(CLASSES.size(), 0, SoftmaxCrossEntropy.Smoothing.ALL_CLASSES));
  }

  /** A head without cosines and without an open class, on images of 18 x 14 pixels. */
  static TrainedNetwork linear(Path directory, OpenSetLoss loss) throws IOException {
    var session = ConfigProto.getDefaultInstance();
    return of(directory, InputFormat.of(18, 14, 1), loss, Head.linear(CLASSES), session);
  }

  private static TrainedNetwork of(
      Path directory, InputFormat input, OpenSetLoss loss, Head head, ConfigProto config)
      throws IOException {
    var backbone = ResNet.tiny(ResNet.Stem.SMALL_3X3, ResNet.NORM);
    var network = new OpenSetNetwork(input, backbone, loss).with(FEATURES);
    var images = randomImages(IMAGES, input.bytes());
    var checkpoint = Files.createDirectories(directory).resolve("step-7");
    try (var graph = new Graph();
        var session = new Session(graph, config)) {
      var tf = Ops.create(graph);
      var variables = new Variables(tf, 3);
      var pixels =
          tf.placeholder(
              TUint8.class,
              Placeholder.shape(Shape.of(-1, input.height(), input.width(), input.channels())));
      var endpoints = network.endpoints(Net.root(tf, variables, new Mode.Inference()), pixels);
      var file = VariableFile.of(tf, variables.model());
      variables.all().forEach(v -> session.runner().addTarget(v.initialize()).run().close());
      try (var prefix = TString.scalarOf(checkpoint.toString())) {
        session.runner().feed(file.prefix(), prefix).addTarget(file.save()).run().close();
      }
      var logits = new ArrayList<float[]>();
      var embeddings = new ArrayList<float[]>();
      var features = new LinkedHashMap<String, List<float[]>>();
      for (var start = 0; start < IMAGES; start += BATCH) {
        var batch = images.subList(start, Math.min(IMAGES, start + BATCH));
        try (var tensor =
            TensorProtos.images(batch, input.height(), input.width(), input.channels())) {
          var runner = session.runner().feed(pixels, tensor);
          runner.fetch(endpoints.logits()).fetch(endpoints.embeddings());
          endpoints.features().values().forEach(runner::fetch);
          try (var result = runner.run()) {
            logits.addAll(rows(result.get(0)));
            embeddings.addAll(rows(result.get(1)));
            var next = 2;
            for (var name : endpoints.features().keySet()) {
              features
                  .computeIfAbsent(name, n -> new ArrayList<>())
                  .addAll(rows(result.get(next++)));
            }
          }
        }
      }
      var arrays = new LinkedHashMap<String, float[][]>();
      features.forEach((name, values) -> arrays.put(name, values.toArray(float[][]::new)));
      var predictions =
          new Predictions(
              head,
              truth(IMAGES),
              logits.toArray(float[][]::new),
              embeddings.toArray(float[][]::new),
              arrays);
      var training = new TrainingOutputs(predictions);
      var linear = LinearHead.find(x -> logits(session, endpoints, x), training);
      var scorers = AllScorers.of(training, linear);
      return new TrainedNetwork(network, checkpoint, head, images, predictions, scorers);
    }
  }

  private static float[][] logits(
      Session session, OpenSetNetwork.Endpoints endpoints, float[][] embeddings) {
    try (var fed = TFloat32.tensorOf(StdArrays.ndCopyOf(embeddings));
        var result =
            session.runner().feed(endpoints.embeddings(), fed).fetch(endpoints.logits()).run()) {
      return rows(result.get(0)).toArray(float[][]::new);
    }
  }

  private static List<float[]> rows(Tensor tensor) {
    var values = (TFloat32) tensor;
    var all = new float[(int) values.size()];
    values.copyTo(DataBuffers.of(all, false, false));
    var width = (int) values.shape().get(1);
    return IntStream.range(0, all.length / width)
        .mapToObj(i -> Arrays.copyOfRange(all, i * width, (i + 1) * width))
        .toList();
  }

  private static Truth truth(int n) {
    var ids = IntStream.range(0, n).mapToObj(i -> "validation/" + i).toList();
    var names = IntStream.range(0, n).mapToObj(i -> CLASSES.get(i % CLASSES.size())).toList();
    return new Truth(ids, IntStream.range(0, n).map(i -> i % CLASSES.size()).toArray(), names);
  }

  /** Images differ in brightness too, so that scores differ. */
  public static List<byte[]> randomImages(int count, int bytes) {
    var random = new Random(11);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              var image = new byte[bytes];
              for (var j = 0; j < bytes; j++) {
                image[j] = (byte) random.nextInt(20 + i * 230 / count, 26 + i * 230 / count);
              }
              return image;
            })
        .toList();
  }

  public Decision decision(String scorer) {
    return decision(
        scorers.stream().filter(s -> s.name().equals(scorer)).findFirst().orElseThrow());
  }

  public Decision decision(Scorer scorer) {
    var calibration =
        ConformalCalibration.calibrate(scorer, predictions, List.of(0.3, 0.1, 0.5, 0.01));
    return new Decision(head, scorer, calibration, 0.3);
  }

  GoldenImages golden(Decision decision) {
    return GoldenImages.of(images, predictions, decision, BATCH);
  }

  Source source() {
    return new Source(network, checkpoint, 0, Map.of("git_commit", "0123abc", "note", "\"a\"\n"));
  }

  public ExportRequest request(Path base, String scorer) {
    return request(base, decision(scorer));
  }

  public ExportRequest request(Path base, Decision decision) {
    var target = new Target(base, "blood", OptionalLong.empty());
    return new ExportRequest(source(), decision, target, golden(decision));
  }
}

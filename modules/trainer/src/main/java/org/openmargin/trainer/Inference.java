package org.openmargin.trainer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.data.Images;
import org.openmargin.data.WorkListener;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Runs a trained network on images: its own graph, with weights restored from a checkpoint. Always
 * float32, whatever the precision in training. Not thread-safe.
 */
public final class Inference implements AutoCloseable {
  /** Inputs of the backbone in one run of the graph. */
  private static final int BATCH = 256;

  private final InferenceGraph graph;
  private final Session session;
  private final ConfigProto sessionConfig;
  private final int batch;
  private WorkListener work = WorkListener.NONE;

  /** Builds the graph; {@link #restore} gives it weights. */
  public Inference(OpenSetNetwork network, RuntimeSettings runtime) {
    graph = InferenceGraph.of(network);
    batch = BATCH / network.viewCount();
    sessionConfig = runtime.sessionConfig(Precision.FLOAT32);
    session = new Session(graph.graph(), sessionConfig);
  }

  /** The device and threads it runs with; they determine whether results are bit-identical. */
  public ConfigProto sessionConfig() {
    return sessionConfig;
  }

  /** From now on, {@code listener} follows the images. */
  public Inference following(WorkListener listener) {
    work = listener;
    return this;
  }

  /**
   * Loads weights.
   *
   * @param variables prefix of a checkpoint's variables
   * @throws TrainingException if the files are missing, damaged, or of another network
   */
  public Inference restore(Path variables) {
    graph.restore(session, variables);
    return this;
  }

  /**
   * What the network computes from a list of images.
   *
   * @param logits [rows][C or C + 1]
   * @param embeddings [rows][d]
   * @param scale the head's scale
   * @param features by name, in order: [rows][size]; empty if not asked for
   */
  @SuppressWarnings("ArrayRecordComponent") // large, read-only by contract, never compared
  public record Outputs(
      float[][] logits, float[][] embeddings, double scale, Map<String, float[][]> features) {

    /** Index of the highest known logit, the first of equals. */
    public int predictedClass(int row, int classes) {
      var best = 0;
      for (var j = 1; j < classes; j++) {
        best = logits[row][j] > logits[row][best] ? j : best;
      }
      return best;
    }

    /** Share of rows whose predicted class is their label. */
    double accuracy(int[] labels, int classes) {
      var correct =
          IntStream.range(0, labels.length).filter(i -> predictedClass(i, classes) == labels[i]);
      return (double) correct.count() / labels.length;
    }
  }

  /** The variables of a network, without a session. */
  public static List<Variable> variables(OpenSetNetwork network) {
    try (var graph = InferenceGraph.of(network)) {
      return graph.model();
    }
  }

  /** The variables of the network. */
  List<Variable> model() {
    return graph.model();
  }

  /** Whether known logits are the head's scale times a cosine. */
  boolean isCosine() {
    return graph.isCosine();
  }

  /** The elements of one of {@link #model}, row-major. */
  float[] value(Variable variable) {
    try (var result = session.runner().fetch(variable.value()).run()) {
      var elements = new float[(int) variable.size()];
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(elements, false, false));
      return elements;
    }
  }

  /** Gives the network its first values in place of trained ones. */
  void initialize() {
    graph.initialize(session);
  }

  /**
   * Writes a checkpoint's variables.
   *
   * @param values of every variable of the network, by name
   */
  void save(Map<String, float[]> values, Path variables) {
    graph.save(session, values, variables);
  }

  /** Images per run of the graph: fewer if the network uses several views of each. */
  public int batch() {
    return batch;
  }

  /** Logits and embeddings of all images. */
  public Outputs outputs(Images images) {
    return outputs(images, List.of());
  }

  /** The same, with the network's features. */
  public Outputs withFeatures(Images images) {
    return outputs(images, List.copyOf(graph.endpoints().features().keySet()));
  }

  /** In batches of {@link #batch} and a smaller last one. */
  private Outputs outputs(Images images, List<String> names) {
    var logits = new float[images.count()][];
    var embeddings = new float[images.count()][];
    var features = new LinkedHashMap<String, float[][]>();
    names.forEach(name -> features.put(name, new float[images.count()][]));
    var scale = 1.0;
    for (var from = 0; from < images.count(); from += batch) {
      var start = from;
      work.at("evaluating images", from, images.count());
      var count = Math.min(batch, images.count() - from);
      var part = run(images, from, count, names);
      System.arraycopy(part.logits(), 0, logits, from, count);
      System.arraycopy(part.embeddings(), 0, embeddings, from, count);
      part.features()
          .forEach((name, rows) -> System.arraycopy(rows, 0, features.get(name), start, count));
      scale = part.scale();
    }
    return new Outputs(logits, embeddings, scale, features);
  }

  /**
   * The head's logits for embeddings.
   *
   * @param embeddings [rows][d], at least one
   * @return [rows][C or C + 1]
   */
  public float[][] logits(float[][] embeddings) {
    var ends = graph.endpoints();
    try (var fed = TFloat32.tensorOf(StdArrays.ndCopyOf(embeddings));
        var result = session.runner().feed(ends.embeddings(), fed).fetch(ends.logits()).run()) {
      return StdArrays.array2dCopyOf((TFloat32) result.get(0));
    }
  }

  /** The head's prototypes, [C][d]; see {@link org.openmargin.nn.OpenSetLoss#prototypes}. */
  public Optional<float[][]> prototypes() {
    return graph.prototypes().map(this::fetched);
  }

  private float[][] fetched(Operand<TFloat32> prototypes) {
    try (var result = session.runner().fetch(prototypes).run()) {
      return StdArrays.array2dCopyOf((TFloat32) result.get(0));
    }
  }

  private Outputs run(Images images, int from, int count, List<String> names) {
    var bytes = new byte[count * images.bytesPerImage()];
    // In parallel: they may come from a file, or have to be resized or generated first.
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> images.copyTo(from + i, bytes, i * images.bytesPerImage()));
    var shape = Shape.of(count, images.height(), images.width(), images.channels());
    var ends = graph.endpoints();
    try (var fed = TUint8.tensorOf(shape, DataBuffers.of(bytes))) {
      var runner = session.runner().feed(graph.pixels(), fed);
      runner.fetch(ends.logits()).fetch(ends.embeddings()).fetch(ends.scale());
      names.forEach(name -> runner.fetch(ends.features().get(name)));
      try (var result = runner.run()) {
        var features = new LinkedHashMap<String, float[][]>();
        for (var i = 0; i < names.size(); i++) {
          features.put(names.get(i), rows(result, 3 + i));
        }
        var scale = ((TFloat32) result.get(2)).getFloat();
        return new Outputs(rows(result, 0), rows(result, 1), scale, features);
      }
    }
  }

  private static float[][] rows(Result result, int index) {
    return StdArrays.array2dCopyOf((TFloat32) result.get(index));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}

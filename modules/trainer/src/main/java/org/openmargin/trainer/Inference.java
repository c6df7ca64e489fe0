package org.openmargin.trainer;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.data.Images;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.runtime.TensorFlowErrors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
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
 * A trained network that looks at images: its own graph, its weights restored from a checkpoint.
 * Always float32, whatever the training's precision was. Not thread-safe.
 */
public final class Inference implements AutoCloseable {
  /** Images that the backbone sees in one run of the graph. */
  private static final int BATCH = 256;

  private final Graph graph;
  private final Session session;
  private final Placeholder<TUint8> pixels;
  private final OpenSetNetwork.Endpoints endpoints;
  private final Optional<Operand<TFloat32>> prototypes;
  private final VariableFile file;
  private final ConfigProto sessionConfig;
  private final int batch;

  /** Builds the graph; {@link #restore} gives it weights. */
  public Inference(OpenSetNetwork network, RuntimeSettings runtime) {
    graph = new Graph();
    var tf = Ops.create(graph);
    var input = network.input();
    var shape = Shape.of(-1, input.height(), input.width(), input.channels());
    var variables = new Variables(tf, 0);
    pixels = tf.placeholder(TUint8.class, Placeholder.shape(shape));
    var net = Net.root(tf, variables, new Mode.Inference());
    endpoints = network.endpoints(net, pixels);
    prototypes = network.prototypes(net, endpoints.embeddings());
    file = VariableFile.of(tf, variables.model());
    batch = BATCH / network.views().count();
    sessionConfig = runtime.sessionConfig(Precision.FLOAT32);
    session = new Session(graph, sessionConfig);
  }

  /**
   * Where and with how many threads it runs: a model that is to give equal bits must do the same.
   */
  public ConfigProto sessionConfig() {
    return sessionConfig;
  }

  /**
   * Loads weights.
   *
   * @param variables prefix of a checkpoint's variables
   * @throws TrainingException if the files are missing, damaged, or of another network
   */
  public Inference restore(Path variables) {
    try (var prefix = TString.scalarOf(variables.toString())) {
      session.runner().feed(file.prefix(), prefix).addTarget(file.restore()).run().close();
      return this;
    } catch (RuntimeException e) {
      throw TensorFlowErrors.translated(
          e,
          reason ->
              new TrainingException(
                  "the weights in %s cannot be restored: they are damaged or belong to another network (%s)"
                      .formatted(variables, reason),
                  e));
    }
  }

  /**
   * What the network says of a list of images.
   *
   * @param logits [rows][C or C + 1]
   * @param embeddings [rows][d]
   * @param scale the head's scale
   */
  @SuppressWarnings("ArrayRecordComponent") // large, read-only by contract, never compared
  public record Outputs(float[][] logits, float[][] embeddings, double scale) {

    /** Index of the highest known logit. */
    public int predictedClass(int row, int classes) {
      var best = 0;
      for (var j = 1; j < classes; j++) {
        best = logits[row][j] > logits[row][best] ? j : best;
      }
      return best;
    }
  }

  /** Images of one run of the graph: fewer where the network looks at each in several views. */
  public int batch() {
    return batch;
  }

  /** Looks at all images, in batches of {@link #batch} and a smaller last one. */
  public Outputs outputs(Images images) {
    var logits = new float[images.count()][];
    var embeddings = new float[images.count()][];
    var scale = 1.0;
    for (var from = 0; from < images.count(); from += batch) {
      scale = run(images, from, Math.min(batch, images.count() - from), logits, embeddings);
    }
    return new Outputs(logits, embeddings, scale);
  }

  /**
   * What the head alone says of embeddings.
   *
   * @param embeddings [rows][d], at least one
   * @return [rows][C or C + 1]
   */
  public float[][] logits(float[][] embeddings) {
    var logits = new float[embeddings.length][];
    try (var fed = TFloat32.tensorOf(StdArrays.ndCopyOf(embeddings));
        var result =
            session.runner().feed(endpoints.embeddings(), fed).fetch(endpoints.logits()).run()) {
      rows((TFloat32) result.get(0), logits, 0);
      return logits;
    }
  }

  /** The head's prototypes, [C][d], see {@link org.openmargin.nn.OpenSetLoss#prototypes}. */
  public Optional<float[][]> prototypes() {
    return prototypes.map(this::matrix);
  }

  private float[][] matrix(Operand<TFloat32> operand) {
    try (var result = session.runner().fetch(operand).run()) {
      var matrix = (TFloat32) result.get(0);
      var target = new float[(int) matrix.shape().get(0)][];
      rows(matrix, target, 0);
      return target;
    }
  }

  private double run(Images images, int from, int count, float[][] logits, float[][] embeddings) {
    var bytes = new byte[count * images.bytesPerImage()];
    // In parallel, for they may come from a file, or have to be resized or drawn first.
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> images.copyTo(from + i, bytes, i * images.bytesPerImage()));
    var shape = Shape.of(count, images.height(), images.width(), images.channels());
    try (var fed = TUint8.tensorOf(shape, DataBuffers.of(bytes));
        var result =
            session
                .runner()
                .feed(pixels, fed)
                .fetch(endpoints.logits())
                .fetch(endpoints.embeddings())
                .fetch(endpoints.scale())
                .run()) {
      rows((TFloat32) result.get(0), logits, from);
      rows((TFloat32) result.get(1), embeddings, from);
      return ((TFloat32) result.get(2)).getFloat();
    }
  }

  private static void rows(TFloat32 matrix, float[][] target, int from) {
    var columns = (int) matrix.shape().get(1);
    var data = matrix.asRawTensor().data().asFloats();
    for (var row = 0; row < matrix.shape().get(0); row++) {
      target[from + row] = new float[columns];
      data.offset((long) row * columns).read(target[from + row]);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}

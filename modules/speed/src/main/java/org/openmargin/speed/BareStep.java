package org.openmargin.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.image.CropAndResize;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * The yardstick: one training step of ResNet-18 with OMCL, written by hand in plain TensorFlow Java
 * for one fixed setting. It imports no class of OpenMargin.
 *
 * <p>A step does what the framework's does: gather 64 uint8 images from a variable, pad, crop and
 * mirror them, forward pass, margin loss with open-space suppression, gradients, Adam, running
 * statistics of the batch norms, and add the loss to a variable. All shapes are known.
 */
final class BareStep implements AutoCloseable {
  private static final int CLASSES = 4;
  private static final int PADDING = 4;
  private static final long SEED = 7;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Weight> weights = new ArrayList<>();
  private final List<Op> initializers = new ArrayList<>();
  private final List<Op> updates = new ArrayList<>();
  private final int batch;
  private final Placeholder<TInt64> fedStep =
      tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
  private final Placeholder<TFloat32> fedRate =
      tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  private final Operand<TFloat32> scale;
  private final Operand<TFloat64> lossSum;
  private final Session session;
  private final Session.Runner step;
  private final TInt32 indexTensor;
  private final TInt64 stepTensor = TInt64.scalarOf(0);
  private final TFloat32 rateTensor = TFloat32.scalarOf(0);

  private record Weight(Operand<? extends TType> handle, Operand<TFloat32> value, double rate) {}

  /**
   * @param pixels n size size 3 bytes
   * @param labels n, 0 to 3
   */
  BareStep(
      int size, boolean pooledStem, int batch, byte[] pixels, long[] labels, ConfigProto config) {
    this.batch = batch;
    var pixelShape = Shape.of(labels.length, size, size, 3);
    var labelShape = Shape.of(labels.length);
    var fedPixels = tf.placeholder(TUint8.class, Placeholder.shape(pixelShape));
    var fedLabels = tf.placeholder(TInt64.class, Placeholder.shape(labelShape));
    var pixelHandle = tf.varHandleOp(TUint8.class, pixelShape, VarHandleOp.sharedName("pixels"));
    var labelHandle = tf.varHandleOp(TInt64.class, labelShape, VarHandleOp.sharedName("labels"));
    initializers.add(tf.assignVariableOp(pixelHandle, fedPixels));
    initializers.add(tf.assignVariableOp(labelHandle, fedLabels));

    var fedIndices = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(batch)));
    var indices = tf.reshape(fedIndices, tf.array(batch));
    var images =
        tf.dtypes.cast(tf.resourceGather(pixelHandle, indices, TUint8.class), TFloat32.class);
    var batchLabels =
        tf.dtypes.cast(tf.resourceGather(labelHandle, indices, TInt64.class), TInt32.class);
    var x =
        tf.math.sub(tf.math.mul(cropAndFlip(images, size), tf.constant(2f / 255)), tf.constant(1f));

    scale = weight("scale", Shape.scalar(), 0.1, tf.constant(16f));
    var loss = omcl(resNet18(x, pooledStem), batchLabels);

    var sumHandle =
        tf.varHandleOp(TFloat64.class, Shape.scalar(), VarHandleOp.sharedName("loss_sum"));
    initializers.add(tf.assignVariableOp(sumHandle, tf.constant(0.0)));
    updates.add(tf.assignAddVariableOp(sumHandle, tf.dtypes.cast(loss, TFloat64.class)));
    lossSum = tf.readVariableOp(sumHandle, TFloat64.class);
    adam(loss);
    var train = tf.withControlDependencies(updates).noOp();

    session = new Session(graph, config);
    indexTensor = TInt32.tensorOf(Shape.of(batch));
    step =
        session
            .runner()
            .feed(fedIndices, indexTensor)
            .feed(fedStep, stepTensor)
            .feed(fedRate, rateTensor)
            .addTarget(train);
    try (var pixelTensor = TUint8.tensorOf(pixelShape, DataBuffers.of(pixels, true, false));
        var labelTensor = TInt64.tensorOf(NdArrays.vectorOf(labels))) {
      var start = session.runner().feed(fedPixels, pixelTensor).feed(fedLabels, labelTensor);
      initializers.forEach(start::addTarget);
      start.run().close();
    }
  }

  /** Trains on one batch. */
  void run(int[] indices, long number, float rate) {
    indexTensor.asRawTensor().data().asInts().write(indices);
    stepTensor.setLong(number);
    rateTensor.setFloat(rate);
    step.run().close();
  }

  /** Sum of all losses so far. */
  double lossSum() {
    try (var result = session.runner().fetch(lossSum).run()) {
      return ((TFloat64) result.get(0)).getDouble();
    }
  }

  /** One more step with these options, and what TensorFlow made of the graph. */
  RunMetadata traced(RunOptions options) {
    try (var result = step.setOptions(options).runAndFetchMetadata()) {
      return result.getMetadata().orElseThrow();
    } finally {
      step.setOptions(RunOptions.getDefaultInstance());
    }
  }

  /** A random window of the zero-padded image, mirrored half of the time. */
  private Operand<TFloat32> cropAndFlip(Operand<TFloat32> images, int size) {
    var edge = PADDING + 1;
    var padded =
        tf.pad(
            images,
            tf.constant(new int[][] {{0, 0}, {edge, edge}, {edge, edge}, {0, 0}}),
            tf.constant(0f));
    var random = uniform(1, Shape.of(batch, 3));
    var unit = tf.constant(1f / (size + 2 * PADDING + 1));
    var row = offset(random, 0);
    var column = offset(random, 1);
    var top = tf.math.mul(tf.math.add(row, tf.constant(1.25f)), unit);
    var bottom = tf.math.mul(tf.math.add(row, tf.constant(size + 0.25f)), unit);
    var left = tf.math.mul(tf.math.add(column, tf.constant(1.25f)), unit);
    var right = tf.math.mul(tf.math.add(column, tf.constant(size + 0.25f)), unit);
    var flip =
        tf.math.less(tf.stridedSlice(random, Indices.all(), Indices.at(2)), tf.constant(0.5f));
    var boxes =
        tf.stack(
            List.of(top, tf.select(flip, right, left), bottom, tf.select(flip, left, right)),
            Stack.axis(1L));
    return tf.image.cropAndResize(
        padded,
        boxes,
        tf.constant(IntStream.range(0, batch).toArray()),
        tf.constant(new int[] {size, size}),
        CropAndResize.method("nearest"));
  }

  private Operand<TFloat32> offset(Operand<TFloat32> random, int column) {
    return tf.math.floor(
        tf.math.mul(
            tf.stridedSlice(random, Indices.all(), Indices.at(column)),
            tf.constant(2f * PADDING + 1)));
  }

  /** U[0, 1), drawn anew in each step. */
  private Operand<TFloat32> uniform(long stream, Shape shape) {
    var seed = tf.stack(List.of(tf.constant(SEED + stream), fedStep));
    return tf.random.statelessRandomUniform(tf.constant(shape), seed);
  }

  private Operand<TFloat32> resNet18(Operand<TFloat32> images, boolean pooledStem) {
    Operand<TFloat32> x = tf.nn.relu(convNorm(images, pooledStem ? 7 : 3, pooledStem ? 2 : 1, 64));
    if (pooledStem) {
      x = pool(x);
    }
    for (var stage = 0; stage < 4; stage++) {
      var first = stage == 0 ? 1 : 2;
      x = block(block(x, first, 64 << stage), 1, 64 << stage);
    }
    return tf.math.mean(x, tf.array(1, 2), Mean.keepDims(false));
  }

  private Operand<TFloat32> pool(Operand<TFloat32> x) {
    var builder = tf.scope().opBuilder("MaxPool", "MaxPool");
    builder.addInput(x.asOutput());
    builder.setAttr("ksize", new long[] {1, 3, 3, 1});
    builder.setAttr("strides", new long[] {1, 2, 2, 1});
    builder.setAttr("padding", "SAME");
    return builder.build().<TFloat32>output(0);
  }

  private Operand<TFloat32> block(Operand<TFloat32> x, int stride, int filters) {
    Operand<TFloat32> y = tf.nn.relu(convNorm(x, 3, stride, filters));
    y = convNorm(y, 3, 1, filters);
    var same = stride == 1 && x.shape().get(3) == filters;
    return tf.nn.relu(tf.math.add(y, same ? x : convNorm(x, 1, stride, filters)));
  }

  private Operand<TFloat32> convNorm(Operand<TFloat32> x, int size, int stride, int filters) {
    var name = "conv" + weights.size();
    var kernelShape = Shape.of(size, size, x.shape().get(3), filters);
    var deviation = tf.constant((float) Math.sqrt(2.0 / ((double) size * size * filters)));
    var kernel =
        weight(name + ".kernel", kernelShape, 1, tf.math.mul(normal(kernelShape), deviation));
    var y = conv(x, kernel, size, stride);

    var shape = Shape.of(filters);
    var one = tf.fill(tf.constant(shape), tf.constant(1f));
    var zero = tf.fill(tf.constant(shape), tf.constant(0f));
    var mean = variable(name + ".mean", shape, zero);
    var variance = variable(name + ".variance", shape, one);
    var norm =
        tf.nn.fusedBatchNorm(
            y,
            weight(name + ".scale", shape, 1, one),
            weight(name + ".offset", shape, 1, zero),
            tf.readVariableOp(mean, TFloat32.class),
            tf.readVariableOp(variance, TFloat32.class),
            FusedBatchNorm.epsilon(1e-5f),
            FusedBatchNorm.exponentialAvgFactor(0.1f),
            FusedBatchNorm.isTraining(true));
    updates.add(tf.assignVariableOp(mean, norm.batchMean()));
    updates.add(tf.assignVariableOp(variance, norm.batchVariance()));
    return norm.y();
  }

  /** For a single output position: one matrix product of what the kernel sees. */
  private Operand<TFloat32> conv(
      Operand<TFloat32> x, Operand<TFloat32> kernel, int size, int stride) {
    var edge = (int) x.shape().get(1);
    if (edge > stride) {
      return tf.nn.conv2d(x, kernel, List.of(1L, (long) stride, (long) stride, 1L), "SAME");
    }
    var in = (int) x.shape().get(3);
    var out = (int) kernel.shape().get(3);
    var first = Math.max(size - edge, 0) / 2;
    var seen = Math.min(edge, size - first);
    var places = tf.slice(x, tf.array(0, 0, 0, 0), tf.array(batch, seen, seen, in));
    var weights = tf.slice(kernel, tf.array(first, first, 0, 0), tf.array(seen, seen, in, out));
    var product =
        tf.linalg.matMul(
            tf.reshape(places, tf.array(batch, seen * seen * in)),
            tf.reshape(weights, tf.array(seen * seen * in, out)));
    return tf.reshape(product, tf.array(batch, 1, 1, out));
  }

  /** Target margin -0.1, threshold 0.1, lambda 0.5, one normalised descriptor per image. */
  private Operand<TFloat32> omcl(Operand<TFloat32> embeddings, Operand<TInt32> labels) {
    var width = embeddings.shape().get(1);
    var shape = Shape.of(CLASSES, width);
    var bound = tf.constant((float) (1 / Math.sqrt((double) width)));
    var first =
        tf.math.mul(
            tf.math.sub(
                tf.math.mul(
                    tf.random.statelessRandomUniform(
                        tf.constant(shape), tf.constant(new long[] {SEED, -1})),
                    tf.constant(2f)),
                tf.constant(1f)),
            bound);
    var prototypes = unit(weight("prototypes", shape, 1, first));
    var margin = tf.oneHot(labels, tf.constant(CLASSES), tf.constant(0.1f), tf.constant(0f));
    var images = tf.math.add(cosines(unit(embeddings), prototypes), margin);
    var mlas = crossEntropy(images, labels);

    var random =
        tf.math.sub(
            tf.math.mul(uniform(2, Shape.of(batch, width)), tf.constant(2f)), tf.constant(1f));
    var open = tf.fill(tf.array(batch), tf.constant(CLASSES));
    var oss = crossEntropy(cosines(unit(random), prototypes), open);
    return tf.math.add(mlas, tf.math.mul(oss, tf.constant(0.5f)));
  }

  private Operand<TFloat32> unit(Operand<TFloat32> x) {
    var squares = tf.reduceSum(tf.math.square(x), tf.array(1), ReduceSum.keepDims(true));
    return tf.math.mul(x, tf.math.rsqrt(tf.math.maximum(squares, tf.constant(1e-12f))));
  }

  private Operand<TFloat32> cosines(Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.linalg.matMul(a, b, MatMul.transposeB(true));
  }

  /** Mean cross-entropy of the scaled similarities with the threshold as the last class. */
  private Operand<TFloat32> crossEntropy(Operand<TFloat32> similarities, Operand<TInt32> labels) {
    var all = tf.pad(similarities, tf.constant(new int[][] {{0, 0}, {0, 1}}), tf.constant(0.1f));
    var targets = tf.oneHot(labels, tf.constant(CLASSES + 1), tf.constant(1f), tf.constant(0f));
    var each = tf.nn.softmaxCrossEntropyWithLogits(tf.math.mul(all, scale), targets).loss();
    return tf.math.mean(each, tf.array(0));
  }

  private void adam(Operand<TFloat32> loss) {
    var values = weights.stream().map(Weight::value).toList();
    var gradients = tf.gradients(loss, values, Gradients.dx(List.of(tf.constant(1f))));
    var count = tf.dtypes.cast(tf.math.add(fedStep, tf.constant(1L)), TFloat64.class);
    var power1 = tf.dtypes.cast(tf.math.pow(tf.constant(0.9), count), TFloat32.class);
    var power2 = tf.dtypes.cast(tf.math.pow(tf.constant(0.999), count), TFloat32.class);
    for (var i = 0; i < weights.size(); i++) {
      var weight = weights.get(i);
      var shape = weight.value().shape();
      var zero = tf.fill(tf.constant(shape), tf.constant(0f));
      updates.add(
          tf.train.resourceApplyAdam(
              weight.handle(),
              variable("mean" + i, shape, zero),
              variable("square" + i, shape, zero),
              power1,
              power2,
              weight.rate() == 1
                  ? fedRate
                  : tf.math.mul(fedRate, tf.constant((float) weight.rate())),
              tf.constant(0.9f),
              tf.constant(0.999f),
              tf.constant(1e-8f),
              gradients.dy().get(i).expect(TFloat32.class)));
    }
  }

  private Operand<TFloat32> weight(String name, Shape shape, double rate, Operand<TFloat32> first) {
    var handle = variable(name, shape, first);
    var value = tf.readVariableOp(handle, TFloat32.class);
    weights.add(new Weight(handle, value, rate));
    return value;
  }

  private Operand<? extends TType> variable(String name, Shape shape, Operand<TFloat32> first) {
    var handle = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
    initializers.add(tf.assignVariableOp(handle, first));
    return handle;
  }

  private Operand<TFloat32> normal(Shape shape) {
    var seed = tf.constant(new long[] {SEED, weights.size()});
    return tf.random.statelessRandomNormal(tf.constant(shape), seed);
  }

  @Override
  public void close() {
    indexTensor.close();
    stepTensor.close();
    rateTensor.close();
    session.close();
    graph.close();
  }
}

package org.openmargin.model.foreign;

import java.util.List;
import org.openmargin.model.foreign.SavedModelBackbone.Settings;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * A frozen graph for images of one format.
 *
 * @param taken what the graph takes
 * @param embeddingSize 0 while it is not known
 */
record ForeignNetwork(
    FrozenGraph graph, Taken taken, PixelConvention pixels, Pooling pooling, int embeddingSize) {

  /**
   * @param type of elements
   * @param channels 1 or 3
   */
  record Taken(DataType type, int height, int width, int channels) {}

  static ForeignNetwork open(Settings settings, InputFormat format) {
    var signature = settings.signature();
    var folder = new ModelFolder(settings.source().path());
    var graph = folder.graph(signature.tag());
    var names = new Ends.Names(signature.name(), signature.input(), signature.output());
    var ends = Ends.of(graph, names);
    var taken = new Fitting(ends, settings.input()).to(format);
    var operations = Operations.registered();
    try (var variables = LoadedVariables.of(folder.path(), graph)) {
      var loaded = variables.graph();
      var flat = FlatGraph.of(loaded, operations);
      var output = flat.tensor(ends.output());
      var nodes = new Freezing(flat).nodes(ends.input(), output, variables);
      var frozen =
          FrozenGraph.between(nodes, loaded.getLibrary(), operations, ends.input(), output);
      var untried =
          new ForeignNetwork(frozen, taken, settings.input().pixels(), settings.pooling(), 0);
      return untried.withSize(new Trial(untried, format).embeddingSize());
    }
  }

  /** Whether {@link #prepared} images have this shape. */
  boolean takes(Shape images) {
    return images.get(1) == taken.height()
        && images.get(2) == taken.width()
        && images.get(3) == taken.channels();
  }

  private ForeignNetwork withSize(int size) {
    return new ForeignNetwork(graph, taken, pixels, pooling, size);
  }

  /**
   * @param rgb [n, height, width, channels], 0 to 255, of any size
   * @return normalised, of the graph's size, channels last
   */
  Operand<TFloat32> prepared(Net net, Operand<TFloat32> rgb) {
    var tf = net.tf();
    var shape = rgb.shape();
    var x = rgb;
    if (shape.get(3) == 1 && taken.channels() == 3) {
      x = tf.concat(List.of(x, x, x), tf.constant(3));
    }
    if (shape.get(1) != taken.height() || shape.get(2) != taken.width()) {
      x = resized(net, x, (float) shape.get(1), (float) shape.get(2));
    }
    return pixels.normalized(net, x);
  }

  /** Linear interpolation; where it shrinks, over the area of each pixel. */
  private Operand<TFloat32> resized(Net net, Operand<TFloat32> x, float height, float width) {
    var tf = net.tf();
    return tf.image.scaleAndTranslate(
        x,
        tf.array(taken.height(), taken.width()),
        tf.array(taken.height() / height, taken.width() / width),
        tf.array(0f, 0f),
        ScaleAndTranslate.kernelType("triangle"),
        ScaleAndTranslate.antialias(true));
  }

  /**
   * @param images as {@link #prepared}
   * @return [n, embeddingSize]
   */
  Operand<TFloat32> embedded(Net net, Operand<TFloat32> images) {
    var tf = net.tf();
    var first = pixels.layout() == PixelConvention.Layout.CHANNELS_FIRST;
    var laidOut = first ? tf.linalg.transpose(images, tf.array(0, 3, 1, 2)) : images;
    var output = graph.of(net.in("foreign").tf(), cast(net, laidOut).asOutput());
    var embeddings = pooling.of(tf, float32(net, output));
    return embeddingSize == 0 ? embeddings : tf.reshape(embeddings, tf.array(-1, embeddingSize));
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloat32> float32(Net net, Output<?> output) {
    if (!TNumber.class.isAssignableFrom(output.type())) {
      throw new IllegalArgumentException("its output is of type " + output.type().getSimpleName());
    }
    return net.cast((Operand<? extends TNumber>) output, TFloat32.class);
  }

  private Operand<? extends TNumber> cast(Net net, Operand<TFloat32> x) {
    return switch (taken.type()) {
      case DT_HALF -> net.cast(x, TFloat16.class);
      case DT_BFLOAT16 -> net.cast(x, TBfloat16.class);
      case DT_DOUBLE -> net.cast(x, TFloat64.class);
      case DT_UINT8 -> net.cast(net.tf().math.round(x), TUint8.class);
      default -> x;
    };
  }
}

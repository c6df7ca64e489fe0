package org.openmargin.exporter;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openmargin.serving.FileExample;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelContract.Signature;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The same images as a request to each signature. Holds native memory until closed.
 *
 * @param tensors by the name of the input
 */
record ExampleRequests(Map<String, Tensor> tensors) implements AutoCloseable {

  /**
   * @param images of the network's size
   */
  static ExampleRequests of(List<byte[]> images, ExportRequest request) {
    var input = request.source().network().input();
    var h = input.height();
    var w = input.width();
    var c = input.channels();
    var n = images.size();
    var files = images.stream().map(image -> Png.encode(image, h, w, c)).toList();
    var values = new float[n * input.bytes()];
    for (var i = 0; i < values.length; i++) {
      values[i] = images.get(i / input.bytes())[i % input.bytes()] & 0xff;
    }
    var threshold = new float[n];
    Arrays.fill(threshold, (float) request.decision().threshold().threshold());
    var alpha = new float[n];
    Arrays.fill(alpha, (float) request.decision().alpha());
    var tensors = new TreeMap<String, Tensor>();
    tensors.put(ModelContract.IMAGES, TensorProtos.images(images, h, w, c));
    tensors.put(ModelContract.IMAGE_BYTES, TensorProtos.strings(files));
    tensors.put(
        ModelContract.INPUTS, TensorProtos.strings(files.stream().map(FileExample::of).toList()));
    tensors.put(
        ModelContract.PIXELS,
        TFloat32.tensorOf(Shape.of(n, h, w, c), DataBuffers.of(values, true, false)));
    tensors.put(ModelContract.THRESHOLD, TFloat32.vectorOf(threshold));
    tensors.put(ModelContract.ALPHA, TFloat32.vectorOf(alpha));
    var best = new long[n];
    Arrays.fill(best, -1);
    tensors.put(ModelContract.CLASS_INDEX, TInt64.vectorOf(best));
    tensors.put(
        ModelContract.QUERY, TensorProtos.strings(images.stream().map(i -> new byte[0]).toList()));
    return new ExampleRequests(tensors);
  }

  /** The inputs of each signature of the model. */
  Map<Signature, Map<String, Tensor>> of(LoadedModel model) {
    var requests = new LinkedHashMap<Signature, Map<String, Tensor>>();
    Stream.concat(ModelContract.SIGNATURES.stream(), ModelContract.OPTIONAL_SIGNATURES.stream())
        .filter(signature -> model.meta().containsSignatureDef(signature.name()))
        .forEach(signature -> requests.put(signature, inputs(signature)));
    return requests;
  }

  private Map<String, Tensor> inputs(Signature signature) {
    var inputs = new TreeMap<String, Tensor>();
    signature.inputs().keySet().forEach(name -> inputs.put(name, tensors.get(name)));
    return inputs;
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
  }
}

package org.openmargin.exporter;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The outputs of one call, by name, as flat Java arrays in row-major order. Holds native memory
 * until closed.
 */
record Answers(Result result) implements AutoCloseable {

  Tensor tensor(String name) {
    return result
        .get(name)
        .orElseThrow(() -> new ExportException("the model has no output '" + name + "'"));
  }

  float[] floats(String name) {
    var tensor = (TFloat32) tensor(name);
    var values = new float[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  double[] doubles(String name) {
    var tensor = (TFloat64) tensor(name);
    var values = new double[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  long[] longs(String name) {
    var tensor = (TInt64) tensor(name);
    var values = new long[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  boolean[] booleans(String name) {
    var tensor = (TBool) tensor(name);
    var values = new boolean[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  List<String> strings(String name) {
    return ((TString) tensor(name)).streamOfObjects().toList();
  }

  /** Elements per row. */
  int width(String name) {
    var shape = tensor(name).shape();
    return shape.numDimensions() < 2 ? 1 : Math.toIntExact(shape.get(1));
  }

  /** All outputs, in the form of messages. */
  Map<String, TensorProto> toProtos() {
    var protos = new TreeMap<String, TensorProto>();
    for (var entry : result) {
      protos.put(entry.getKey(), TensorProtos.of(entry.getValue()));
    }
    return protos;
  }

  @Override
  public void close() {
    result.close();
  }
}

package org.openmargin.serving;

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
 *
 * @param names of the fetched tensors, in order
 */
public record Answers(Result result, List<String> names) implements AutoCloseable {

  public Tensor tensor(String name) {
    var index = names.indexOf(name);
    if (index < 0) {
      throw new ModelException("the model has no output '" + name + "'");
    }
    return result.get(index);
  }

  public float[] floats(String name) {
    var tensor = (TFloat32) tensor(name);
    var values = new float[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  /** A matrix, row by row. */
  public float[][] rows(String name) {
    var matrix = (TFloat32) tensor(name);
    var rows = new float[Math.toIntExact(matrix.shape().get(0))][];
    var data = matrix.asRawTensor().data().asFloats();
    var width = width(name);
    for (var i = 0; i < rows.length; i++) {
      rows[i] = new float[width];
      data.offset((long) i * width).read(rows[i]);
    }
    return rows;
  }

  public double[] doubles(String name) {
    var tensor = (TFloat64) tensor(name);
    var values = new double[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  public long[] longs(String name) {
    var tensor = (TInt64) tensor(name);
    var values = new long[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  public boolean[] booleans(String name) {
    var tensor = (TBool) tensor(name);
    var values = new boolean[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  public List<String> strings(String name) {
    return ((TString) tensor(name)).streamOfObjects().toList();
  }

  /** Elements per row. */
  public int width(String name) {
    var shape = tensor(name).shape();
    return shape.numDimensions() < 2 ? 1 : Math.toIntExact(shape.get(1));
  }

  /** All outputs as messages. */
  public Map<String, TensorProto> toProtos() {
    var protos = new TreeMap<String, TensorProto>();
    names.forEach(name -> protos.put(name, TensorProtos.of(tensor(name))));
    return protos;
  }

  @Override
  public void close() {
    result.close();
  }
}

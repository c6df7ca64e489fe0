package org.openmargin.trainer.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;

/**
 * SHA-256 of weights: of name, shape and elements (float32, little-endian) of each tensor, in the
 * order of the names. A checkpoint and the model exported from it have the same.
 */
public final class WeightDigest {
  private WeightDigest() {}

  /**
   * Of all tensors.
   *
   * @param variables prefix of a checkpoint's or an exported model's variables
   * @throws WeightsException if they are missing or damaged
   */
  public static String of(Path variables) {
    var tensors = read(variables);
    return of(tensors, tensors.byName().keySet());
  }

  /**
   * Of some tensors.
   *
   * @throws WeightsException if they are damaged, or one of the names is missing
   */
  public static String of(Path variables, Set<String> names) {
    return of(read(variables), names);
  }

  private static NamedTensors read(Path variables) {
    try {
      return TensorBundle.read(variables);
    } catch (IOException e) {
      throw new WeightsException(variables + " cannot be read: " + FileErrors.reason(e), e);
    }
  }

  private static String of(NamedTensors tensors, Set<String> names) {
    var digest = new Sha256();
    for (var name : new TreeSet<>(names)) {
      var tensor = tensors.byName().get(name);
      if (tensor == null) {
        throw new WeightsException("%s has no tensor '%s'".formatted(tensors.source(), name));
      }
      digest.add(name).add(tensor.type()).add(tensor.shape().toString());
      digest.add(bytes(tensor.values().get()));
    }
    return digest.hex();
  }

  private static byte[] bytes(float... values) {
    var bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}

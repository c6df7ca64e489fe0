package org.openmargin.trainer.weights;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The tensors of a file by name. Values are read only when asked for.
 *
 * @param source named in messages
 */
public record NamedTensors(Path source, Map<String, NamedTensor> byName) {

  /**
   * @param type of the elements in the file, for example {@code F32}
   * @param shape empty for a scalar
   * @param values as float32, row by row
   */
  public record NamedTensor(String type, List<Long> shape, Supplier<float[]> values) {
    public NamedTensor {
      shape = List.copyOf(shape);
    }
  }

  public NamedTensors {
    byName = Collections.unmodifiableMap(new TreeMap<>(byName));
  }

  /**
   * The number of elements.
   *
   * @throws WeightsException if a size is negative, or the product is too large for an array
   */
  static int elements(String name, List<Long> shape) {
    var elements = 1L;
    for (var size : shape) {
      if (size < 0 || (size > 0 && elements > Integer.MAX_VALUE / size)) {
        throw new WeightsException(
            "tensor '%s' has an impossible shape, %s".formatted(name, shape));
      }
      elements *= size;
    }
    return (int) elements;
  }
}

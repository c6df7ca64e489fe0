package org.openmargin.trainer.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.Variable;
import org.openmargin.trainer.weights.NamedTensors.NamedTensor;

/**
 * Weights from elsewhere that a backbone starts from; the head always starts anew.
 *
 * @param names our name, below the backbone, to the name in the file; empty if it has none
 * @param leftOut names in the file that need no place
 * @param transposed whether kernels are [out, in, rows, columns], not [rows, columns, in, out]
 */
public record InitialWeights(
    NamedTensors tensors,
    Function<String, Optional<String>> names,
    Predicate<String> leftOut,
    boolean transposed) {
  private static final int SHOWN = 12;
  private static final String BACKBONE = OpenSetNetwork.backboneVariable("");

  /** Statistics of norms that never decide answers; they are not in files from elsewhere. */
  private static final String AUXILIARY = ".auxiliary.";

  /**
   * Of a file with the names of torchvision or timm.
   *
   * @throws WeightsException if it is missing or damaged
   */
  public static InitialWeights ofSafetensors(Path file) {
    var tensors = read(file, Safetensors::read);
    var names = TorchNames.of(tensors);
    return new InitialWeights(tensors, names::name, names::isLeftOut, true);
  }

  /**
   * Of a checkpoint or an exported model of ours.
   *
   * @param variables prefix of the files with the variables
   * @throws WeightsException if they are missing or damaged
   */
  public static InitialWeights ofVariables(Path variables) {
    var tensors = read(variables, TensorBundle::read);
    var all = tensors.byName().keySet();
    return new InitialWeights(
        tensors, name -> Optional.of(BACKBONE + name), name -> !isModel(name, all), false);
  }

  /**
   * Not an optimizer's state or a weight beside its average: a prefix of the name is a variable.
   */
  private static boolean isModel(String name, Set<String> all) {
    var parent = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    return name.startsWith(BACKBONE) && !name.contains(AUXILIARY) && !all.contains(parent);
  }

  private interface Reader {
    NamedTensors read(Path path) throws IOException;
  }

  private static NamedTensors read(Path path, Reader reader) {
    try {
      return reader.read(path);
    } catch (IOException e) {
      throw new WeightsException(path + " cannot be read: " + FileErrors.reason(e), e);
    }
  }

  /**
   * The values of a network's backbone.
   *
   * @param model the variables of the network
   * @return by variable, in order
   * @throws WeightsException naming every tensor that is missing, too much, or of another shape
   */
  public Map<Variable, float[]> of(List<Variable> model) {
    var problems = new ArrayList<String>();
    var needed = new LinkedHashMap<Variable, NamedTensor>();
    var used = new TreeSet<String>();
    for (var variable : model) {
      if (variable.name().startsWith(BACKBONE) && !variable.name().contains(AUXILIARY)) {
        names
            .apply(variable.name().substring(BACKBONE.length()))
            .ifPresentOrElse(
                name -> {
                  used.add(name);
                  match(variable, name, needed, problems);
                },
                () -> problems.add(variable.name() + ": the file's kind of network has no such"));
      }
    }
    tensors.byName().keySet().stream()
        .filter(name -> !used.contains(name) && !leftOut.test(name))
        .forEach(name -> problems.add(name + ": the backbone has no place for it"));
    require(problems);
    var values = new LinkedHashMap<Variable, float[]>();
    needed.forEach((variable, tensor) -> values.put(variable, values(variable, tensor)));
    return values;
  }

  private void match(
      Variable variable, String name, Map<Variable, NamedTensor> needed, List<String> problems) {
    var tensor = tensors.byName().get(name);
    var shape = shapeInFile(variable);
    if (tensor == null) {
      problems.add(name + ": missing");
    } else if (!tensor.shape().equals(shape)) {
      problems.add("%s: has shape %s, must be %s".formatted(name, tensor.shape(), shape));
    } else {
      needed.put(variable, tensor);
    }
  }

  private List<Long> shapeInFile(Variable variable) {
    var ours = variable.shape().asArray();
    return transposed && ours.length == 4
        ? List.of(ours[3], ours[2], ours[0], ours[1])
        : Arrays.stream(ours).boxed().toList();
  }

  private void require(List<String> problems) {
    if (!problems.isEmpty()) {
      var shown = problems.stream().limit(SHOWN).toList();
      var more =
          problems.size() > SHOWN ? "\n  and %d more".formatted(problems.size() - SHOWN) : "";
      throw new WeightsException(
          "%s does not fit the backbone:\n  %s%s"
              .formatted(tensors.source(), String.join("\n  ", shown), more));
    }
  }

  private float[] values(Variable variable, NamedTensor tensor) {
    var values = tensor.values().get();
    for (var value : values) {
      if (!Float.isFinite(value)) {
        throw new WeightsException(
            "%s holds %s for %s".formatted(tensors.source(), value, variable.name()));
      }
    }
    return transposed && variable.shape().numDimensions() == 4
        ? transposed(values, variable.shape().asArray())
        : values;
  }

  /**
   * @param from [out, in, rows, columns]
   * @param shape rows, columns, in, out
   * @return [rows, columns, in, out]
   */
  static float[] transposed(float[] from, long[] shape) {
    var places = (int) (shape[0] * shape[1]);
    var in = (int) shape[2];
    var out = (int) shape[3];
    var to = new float[from.length];
    for (var o = 0; o < out; o++) {
      for (var i = 0; i < in; i++) {
        for (var place = 0; place < places; place++) {
          to[(place * in + i) * out + o] = from[(o * in + i) * places + place];
        }
      }
    }
    return to;
  }

  /** SHA-256 of names and values. */
  public static String digest(Map<Variable, float[]> values) {
    var digest = new Sha256();
    values.forEach(
        (variable, elements) -> {
          var bytes = ByteBuffer.allocate(4 * elements.length);
          bytes.asFloatBuffer().put(elements);
          digest.add(variable.name()).add(bytes.array());
        });
    return digest.hex();
  }
}

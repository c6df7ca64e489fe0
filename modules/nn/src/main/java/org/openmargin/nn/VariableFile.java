package org.openmargin.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * The operations that write variables to a TensorFlow checkpoint (format V2: {@code prefix.index},
 * {@code prefix.data-00000-of-00001}) and read them back. Keys are the variables' names.
 *
 * @param prefix scalar placeholder, path without extension
 * @param save writes all variables
 * @param restore assigns all variables
 */
public record VariableFile(Operand<TString> prefix, Op save, Op restore) {

  /**
   * Adds the operations under the names that TensorFlow's own savers use: {@code save/filename},
   * {@code save/control_dependency}, {@code save/restore_all}. TensorFlow Java's exporter finds
   * them there and stores exactly these variables.
   *
   * @param tf the graph's root operations
   * @param variables what to store; float32
   */
  public static VariableFile of(Ops tf, List<Variable> variables) {
    var scope = tf.withSubScope("save");
    var prefix = scope.withName("filename").placeholder(TString.class);
    var names = scope.array(variables.stream().map(Variable::name).toArray(String[]::new));
    var whole = scope.array(variables.stream().map(v -> "").toArray(String[]::new));
    var values = variables.stream().<Operand<?>>map(Variable::value).toList();
    var save = scope.train.save(prefix, names, whole, values);
    var saved = scope.withControlDependencies(save).withName("control_dependency").identity(prefix);
    return new VariableFile(prefix, saved, restore(scope, prefix, variables));
  }

  private static Op restore(Ops scope, Operand<TString> prefix, List<Variable> variables) {
    // One RestoreV2 per variable: a missing key then names itself.
    var assigns =
        variables.stream()
            .<Op>map(
                v ->
                    scope.assignVariableOp(
                        v.handle(),
                        scope
                            .train
                            .restore(
                                prefix,
                                scope.array(v.name()),
                                scope.array(""),
                                List.of(TFloat32.class))
                            .tensors()
                            .get(0)
                            .asOutput()))
            .toList();
    return scope.withControlDependencies(assigns).withName("restore_all").noOp();
  }
}

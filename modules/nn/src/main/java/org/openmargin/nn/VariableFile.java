package org.openmargin.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * The operations that write variables to a TensorFlow checkpoint (format V2: {@code prefix.index},
 * {@code prefix.data-00000-of-00001}) and read them back.
 *
 * @param prefix scalar placeholder, path without extension
 * @param assigns restore one variable each, by its name
 */
public record VariableFile(Operand<TString> prefix, Op save, Op restore, Map<String, Op> assigns) {

  /**
   * Adds the operations, with the variables' names as keys.
   *
   * @param tf the graph's root operations
   * @param variables what to store; float32
   */
  public static VariableFile of(Ops tf, List<Variable> variables) {
    var byName = new LinkedHashMap<String, Variable>();
    variables.forEach(variable -> byName.put(variable.name(), variable));
    return of(tf, byName);
  }

  /**
   * Adds the operations, named as by TensorFlow's own savers. TensorFlow Java's {@code
   * Session.save} and exporter skip resource variables; these do not.
   *
   * @param tf the graph's root operations
   * @param byKey what to store under which key; float32
   */
  public static VariableFile of(Ops tf, Map<String, Variable> byKey) {
    var scope = tf.withSubScope("save");
    var prefix = scope.withName("filename").placeholder(TString.class);
    var keys = scope.array(byKey.keySet().toArray(String[]::new));
    var whole = scope.array(byKey.keySet().stream().map(key -> "").toArray(String[]::new));
    var values = byKey.values().stream().<Operand<?>>map(Variable::value).toList();
    var save = scope.train.save(prefix, keys, whole, values);
    var saved = scope.withControlDependencies(save).withName("control_dependency").identity(prefix);
    var assigns = new LinkedHashMap<String, Op>();
    byKey.forEach((key, to) -> assigns.put(to.name(), restored(scope, prefix, key, to)));
    var restore = scope.withControlDependencies(assigns.values()).withName("restore_all").noOp();
    return new VariableFile(prefix, saved, restore, Collections.unmodifiableMap(assigns));
  }

  /** One RestoreV2 per variable, so that an error names the missing key. */
  private static Op restored(Ops scope, Operand<TString> prefix, String key, Variable variable) {
    var read =
        scope.train.restore(prefix, scope.array(key), scope.array(""), List.of(TFloat32.class));
    return scope.assignVariableOp(variable.handle(), read.tensors().get(0).asOutput());
  }
}

package org.openmargin.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * All variables of one graph, by name. A variable is created on first request, shared by name
 * afterwards, and read once per graph. Not thread-safe: a graph is built by one thread.
 */
public final class Variables {
  private final Ops tf;
  private final long seed;
  private final Map<String, Variable> byName = new LinkedHashMap<>();
  private final Map<String, Variable> used = new LinkedHashMap<>();
  private final Map<String, Update> updates = new LinkedHashMap<>();

  /** The statistic after the step, and the operation that assigns it, unless others do. */
  private record Update(Operand<TFloat32> value, Optional<Op> assign) {}

  /**
   * @param tf the graph's root operations
   * @param seed the experiment's seed; each variable draws its first value from (seed, name)
   */
  public Variables(Ops tf, long seed) {
    this.tf = tf;
    this.seed = seed;
  }

  /**
   * Returns the variable of that name, creating it if necessary.
   *
   * @throws IllegalArgumentException if it exists with another shape or role
   */
  public Variable get(String name, Shape shape, Variable.Role role, Initializer first) {
    var variable = byName.get(name);
    if (variable == null) {
      variable = create(name, shape, role, first);
      byName.put(name, variable);
    } else if (!variable.shape().equals(shape) || !variable.role().equals(role)) {
      throw new IllegalArgumentException(
          "variable %s was created with shape %s as %s, requested with shape %s as %s"
              .formatted(name, variable.shape(), variable.role(), shape, role));
    }
    used.put(name, variable);
    return variable;
  }

  private Variable create(String name, Shape shape, Variable.Role role, Initializer first) {
    var handle = tf.withName(name).varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
    var value = tf.withName(name + ".value").readVariableOp(handle, TFloat32.class);
    var variableSeed = tf.constant(new long[] {Seeds.of(seed, name), seed});
    var init = tf.assignVariableOp(handle, first.value(tf, shape, variableSeed));
    return new Variable(name, shape, role, handle, value, init);
  }

  /** Registers an update of a statistic; it replaces the previous one, on which it builds. */
  void update(Variable statistic, Operand<TFloat32> value, Optional<Op> assign) {
    updates.put(statistic.name(), new Update(value, assign));
  }

  Operand<TFloat32> latest(Variable statistic) {
    var update = updates.get(statistic.name());
    return update == null ? statistic.value() : update.value();
  }

  /** Starts another objective, which has not used or updated anything yet. */
  public void beginObjective() {
    used.clear();
    updates.clear();
  }

  /** The variables the objective has requested, in that order. */
  public List<Variable> used() {
    return List.copyOf(used.values());
  }

  /** The statistics updated in a step of the objective. */
  public List<Variable> updated() {
    return updates.keySet().stream().map(byName::get).toList();
  }

  /** Operations to run in every step of the objective, for example updates of running means. */
  public List<Op> updates() {
    return updates.values().stream().flatMap(update -> update.assign().stream()).toList();
  }

  /** The statistics after a step of the objective, in the order of {@link #updated}. */
  public List<Operand<TFloat32>> updatedValues() {
    return updates.values().stream().<Operand<TFloat32>>map(Update::value).toList();
  }

  /** Every variable, in order of creation. */
  public List<Variable> all() {
    return List.copyOf(byName.values());
  }

  public List<Variable> trained() {
    return all().stream().filter(v -> v.role() instanceof Variable.Trained).toList();
  }

  /** The variables of the model: all but slots and averages. */
  public List<Variable> model() {
    return all().stream()
        .filter(v -> v.role() instanceof Variable.Trained || v.role() instanceof Variable.Statistic)
        .toList();
  }

  /**
   * Every variable by its checkpoint key: its name. A variable with an average has the key {@code
   * name.unaveraged} and its average the key {@code name}, so that a graph without averages
   * restores the averages as its model.
   */
  public Map<String, Variable> byKey() {
    var keys = new LinkedHashMap<>(byName);
    for (var variable : byName.values()) {
      if (variable.role() instanceof Variable.Average average) {
        keys.remove(variable.name());
        keys.put(average.of() + ".unaveraged", byName.get(average.of()));
        keys.put(average.of(), variable);
      }
    }
    return Collections.unmodifiableMap(keys);
  }

  long seed() {
    return seed;
  }
}

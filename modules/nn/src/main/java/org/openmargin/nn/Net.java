package org.openmargin.nn;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The place in a network where a layer is built: graph, variables, mode and path.
 *
 * @param tuning how the weights here are trained
 * @param path dotted path of this place; empty at the root
 */
public record Net(
    Ops tf, Variables variables, Mode mode, Arithmetic arithmetic, Tuning tuning, String path) {

  /** TensorFlow's number of the generator Philox. */
  private static final int PHILOX = 1;

  /**
   * @param rateFactor multiplies the learning rate of all weights; 0: they are not trained, and
   *     batch norms use their running statistics
   */
  public record Tuning(double rateFactor) {
    /** As the layers say. */
    public static final Tuning WHOLE = new Tuning(1);
  }

  /** The root of a float32 network. */
  public static Net root(Ops tf, Variables variables, Mode mode) {
    return new Net(tf, variables, mode, Arithmetic.FLOAT32, Tuning.WHOLE, "");
  }

  /** A copy that computes in another way. */
  public Net with(Arithmetic other) {
    return new Net(tf, variables, mode, other, tuning, path);
  }

  /** A copy whose weights are trained in another way. */
  public Net with(Tuning other) {
    return new Net(tf, variables, mode, arithmetic, other, path);
  }

  /**
   * A copy whose batch norms use other statistics.
   *
   * @throws IllegalStateException in inference, which only has the main norms
   */
  public Net with(Norms norms) {
    if (mode instanceof Mode.Training training) {
      var changed = new Mode.Training(training.step(), norms, training.replica());
      return new Net(tf, variables, changed, arithmetic, tuning, path);
    }
    throw new IllegalStateException(path + " only has the main norms: this is an inference graph");
  }

  /**
   * The root of a copy of the network on one of several devices that train together. The names of
   * its operations begin with {@code replica}, its index, and a slash or an underscore.
   *
   * @throws IllegalStateException in inference, which runs on one device
   */
  public Net with(Replica replica) {
    if (mode instanceof Mode.Training training) {
      var parted = new Mode.Training(training.step(), training.norms(), Optional.of(replica));
      var scope = tf.withSubScope("replica" + replica.part().index());
      return new Net(scope, variables, parted, arithmetic, tuning, path);
    }
    throw new IllegalStateException("an inference graph runs on one device");
  }

  /** The device, if several train together. */
  public Optional<Replica> replica() {
    return mode instanceof Mode.Training training ? training.replica() : Optional.empty();
  }

  /**
   * What batch norms use: in inference, and where weights are not trained, their own statistics.
   */
  public Norms norms() {
    return mode instanceof Mode.Training training && tuning.rateFactor() > 0
        ? training.norms()
        : Norms.FROZEN;
  }

  /**
   * The place {@code name} inside this one. Its operations carry that name, so TensorFlow's traces
   * and errors show where they belong.
   */
  public Net in(String name) {
    return new Net(tf.withSubScope(name), variables, mode, arithmetic, tuning, path(name));
  }

  /** The place {@code other}, which is not inside this one: what is drawn there is drawn once. */
  public Net at(String other) {
    return new Net(tf, variables, mode, arithmetic, tuning, other);
  }

  /** Reads a trained and decayed weight: a kernel, prototypes. */
  public Operand<TFloat32> trained(String name, Shape shape, Initializer first) {
    return trained(name, shape, new Variable.Trained(1, true), first);
  }

  /** Reads a weight trained as {@code role} says: a bias, a norm's scale, the cosine's scale. */
  public Operand<TFloat32> trained(
      String name, Shape shape, Variable.Trained role, Initializer first) {
    var factor = role.rateFactor() * tuning.rateFactor();
    var tuned = new Variable.Trained(factor, role.decayed());
    return variables.get(path(name), shape, tuned, first).value();
  }

  /** A value stored with the weights but updated by its own layer. */
  public Variable statistic(String name, Shape shape, Initializer first) {
    return variables.get(path(name), shape, new Variable.Statistic(), first);
  }

  /**
   * In training, every step assigns {@code value} to the statistic; in inference, this does
   * nothing. If one objective updates it several times, the last update counts: each starts from
   * {@link #latest}. What the {@link Replica}s say is joined by who trains them.
   */
  public void update(Variable statistic, Operand<TFloat32> value) {
    if (mode instanceof Mode.Training training) {
      var assigned =
          training.replica().isPresent()
              ? Optional.<Op>empty()
              : Optional.<Op>of(tf.assignVariableOp(statistic.handle(), value));
      variables.update(statistic, value, assigned);
    }
  }

  /** The statistic after the objective's updates so far. */
  public Operand<TFloat32> latest(Variable statistic) {
    return variables.latest(statistic);
  }

  /**
   * Draws from U[0, 1), new in each step.
   *
   * @throws IllegalStateException in inference, where nothing is random
   */
  public Operand<TFloat32> uniform(String name, Shape shape) {
    return tf.random.statelessRandomUniform(tf.constant(shape), seed(name));
  }

  /**
   * Draws from N(0, 1), new in each step.
   *
   * @throws IllegalStateException in inference, where nothing is random
   */
  public Operand<TFloat32> normal(String name, Shape shape) {
    return tf.random.statelessRandomNormal(tf.constant(shape), seed(name));
  }

  /**
   * Draws from Gamma(alpha, 1), new in each step.
   *
   * @throws IllegalStateException in inference, where nothing is random
   */
  public Operand<TFloat32> gamma(String name, Shape shape, double alpha) {
    var counter = tf.random.statelessRandomGetKeyCounter(seed(name));
    return tf.random.statelessRandomGamma(
        tf.constant(shape),
        counter.key(),
        counter.counter(),
        tf.constant(PHILOX),
        tf.constant((float) alpha));
  }

  /** Draws from U[0, 1) as rows of the batch: a {@link Replica} has its part of those of all. */
  public Operand<TFloat32> uniformRows(String name, Shape shape) {
    return rows(shape, whole -> uniform(name, whole));
  }

  /** Draws from N(0, 1) as rows of the batch: a {@link Replica} has its part of those of all. */
  public Operand<TFloat32> normalRows(String name, Shape shape) {
    return rows(shape, whole -> normal(name, whole));
  }

  private Operand<TFloat32> rows(Shape own, Function<Shape, Operand<TFloat32>> draw) {
    return replica()
        .map(replica -> replica.own(tf, draw.apply(replica.whole(own)), own))
        .orElseGet(() -> draw.apply(own));
  }

  private Operand<TInt64> seed(String name) {
    if (mode instanceof Mode.Training training) {
      var pathSeed = tf.constant(Seeds.of(variables.seed(), path(name)));
      return tf.stack(List.of(pathSeed, training.step()));
    }
    throw new IllegalStateException(path(name) + " is random, but this is an inference graph");
  }

  /** {@code a + factor b}. */
  public Operand<TFloat32> sum(Operand<TFloat32> a, double factor, Operand<TFloat32> b) {
    return tf.math.add(a, scaled(factor, b));
  }

  /** {@code factor x}. */
  public Operand<TFloat32> scaled(double factor, Operand<TFloat32> x) {
    return tf.math.mul(x, tf.constant((float) factor));
  }

  /** Casts to {@code type}; {@code x} itself if it has that type. */
  @SuppressWarnings("unchecked")
  public <T extends TNumber> Operand<T> cast(Operand<? extends TNumber> x, Class<T> type) {
    return x.type() == type ? (Operand<T>) x : tf.dtypes.cast(x, type);
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}

package org.openmargin.nn.layers;

import java.util.Optional;
import org.openmargin.nn.Initializer;
import org.openmargin.nn.Net;
import org.openmargin.nn.Norms;
import org.openmargin.nn.Replica;
import org.openmargin.nn.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Batch normalisation, by the statistics of a batch or by those that training has kept. */
public final class BatchNorm {
  private static final Variable.Trained UNDECAYED = new Variable.Trained(1, false);
  private static final NormSettings STATELESS = new NormSettings(1, 1e-5, 1);

  private BatchNorm() {}

  /**
   * Batch normalisation (Ioffe and Szegedy, 2015): {@code (x - mean) / sqrt(variance + epsilon) *
   * scale + offset} per channel. In training, uses the batch's statistics and updates the running
   * ones: {@code (1 - momentum) old + momentum batch}, the variance unbiased; in inference, uses
   * the running ones. {@link Norms} decides which these are and whether they are updated, {@link
   * Replica} whether the batch is that of one device or of all.
   *
   * @param x [batch, h, w, channels]
   * @return the same shape
   */
  public static <T extends TFloating> Operand<T> of(Net net, Operand<T> x, NormSettings settings) {
    var auxiliary = net.norms() == Norms.AUXILIARY;
    return running(auxiliary ? net.in("auxiliary") : net, x, settings);
  }

  private static <T extends TFloating> Operand<T> running(
      Net net, Operand<T> x, NormSettings settings) {
    var shape = Shape.of(x.shape().get(3));
    var scale =
        net.trained("scale", shape, UNDECAYED, Initializer.constant((float) settings.firstScale()));
    var offset = net.trained("offset", shape, UNDECAYED, Initializer.constant(0));
    var mean = net.statistic("mean", shape, Initializer.constant(0));
    var variance = net.statistic("variance", shape, Initializer.constant(1));
    var training = net.norms() != Norms.FROZEN;
    if (training && synchronizing(net).isPresent()) {
      var affine = new SynchronizedNorm.Affine(scale, offset);
      var norm = SynchronizedNorm.of(net, synchronizing(net).get(), net.cast(x, TFloat32.class));
      net.update(mean, moved(net, mean, norm.mean(), settings.momentum()));
      net.update(variance, moved(net, variance, norm.unbiased(net), settings.momentum()));
      return norm.normalized(net, x, affine, settings);
    }
    var norm =
        net.tf()
            .nn
            .fusedBatchNorm(
                x,
                scale,
                offset,
                training ? net.latest(mean) : mean.value(),
                training ? net.latest(variance) : variance.value(),
                FusedBatchNorm.epsilon((float) settings.epsilon()),
                FusedBatchNorm.exponentialAvgFactor(training ? (float) settings.momentum() : 1f),
                FusedBatchNorm.isTraining(training));
    if (training) {
      net.update(mean, norm.batchMean());
      net.update(variance, norm.batchVariance());
    }
    return norm.y();
  }

  /** The device, if several train together and their batch norms see the whole batch. */
  private static Optional<Replica> synchronizing(Net net) {
    return net.replica().filter(replica -> replica.part().synchronised());
  }

  /** {@code (1 - momentum) old + momentum batch}. */
  private static Operand<TFloat32> moved(
      Net net, Variable statistic, Operand<TFloat32> batch, double momentum) {
    return net.sum(net.scaled(1 - momentum, net.latest(statistic)), momentum, batch);
  }

  /**
   * Batch normalisation for training only: always with the batch's statistics, which are not kept.
   * Scales start from N(1, 0.02^2), as in DCGAN (Radford et al., 2016).
   *
   * @param x [batch, h, w, channels]
   * @return the same shape
   */
  public static Operand<TFloat32> stateless(Net net, Operand<TFloat32> x) {
    var tf = net.tf();
    var shape = Shape.of(x.shape().get(3));
    var scale = net.trained("scale", shape, UNDECAYED, Initializer.normal(1, 0.02));
    var offset = net.trained("offset", shape, UNDECAYED, Initializer.constant(0));
    if (synchronizing(net).isPresent()) {
      var norm = SynchronizedNorm.of(net, synchronizing(net).get(), x);
      return norm.normalized(net, x, new SynchronizedNorm.Affine(scale, offset), STATELESS);
    }
    var none = tf.constant(new float[0]);
    return tf.nn
        .fusedBatchNorm(
            x,
            scale,
            offset,
            none,
            none,
            FusedBatchNorm.epsilon((float) STATELESS.epsilon()),
            FusedBatchNorm.isTraining(true))
        .y();
  }
}

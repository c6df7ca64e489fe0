package org.openmargin.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One thing that a training step minimises: a loss, the weights that it changes, how, and in which
 * epochs. The objectives of a step run one after another on the same images, and each sees the
 * weights that the ones before have changed. A recipe: one instance builds any number of graphs.
 *
 * @param name for messages
 * @param loss scalar
 * @param changes paths of the networks whose weights it changes, for example {@code backbone}; of
 *     these, the weights that its loss reads
 * @param update how it changes them
 * @param epochs in which epochs
 */
public record Objective(
    String name, Loss loss, List<String> changes, Update update, Epochs epochs) {

  /** Backbone and head. */
  public static final List<String> NETWORK = List.of(OpenSetNetwork.BACKBONE, OpenSetNetwork.HEAD);

  public Objective {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException(name + " changes nothing");
    }
  }

  /** From images to what is minimised. */
  @FunctionalInterface
  public interface Loss {

    /**
     * @param net the root of a graph in training
     * @param pixels [batch, height, width, channels], 0 to 255, augmented
     * @param labels [batch]
     * @return scalar
     */
    Operand<TFloat32> of(Net net, Operand<TFloat32> pixels, Operand<TInt32> labels);
  }

  /** How gradients change weights. */
  public sealed interface Update {

    /** By the run's optimizer, schedule and gradient clipping. */
    record OfTraining() implements Update {}

    /**
     * By Adam (Kingma and Ba, 2015) with a constant rate, without weight decay.
     *
     * @param rate learning rate
     * @param beta1 decay of the mean of gradients
     * @param beta2 decay of the mean of squared gradients
     */
    record ConstantAdam(double rate, double beta1, double beta2) implements Update {}
  }

  /** In which epochs, counted from 0. */
  public enum Epochs {
    EVERY,
    /** The first, third, ... epoch. */
    EVEN,
    /** The second, fourth, ... epoch. */
    ODD;

    /** Whether the epoch is one of them. */
    public boolean include(long epoch) {
      return switch (this) {
        case EVERY -> true;
        case EVEN -> epoch % 2 == 0;
        case ODD -> epoch % 2 == 1;
      };
    }
  }

  /** The loss of the head on the embeddings of the images, in every epoch. */
  public static Objective of(OpenSetNetwork network) {
    return ofNetwork("network", network::loss, Epochs.EVERY);
  }

  /** A loss that trains backbone and head by the run's optimizer. */
  public static Objective ofNetwork(String name, Loss loss, Epochs epochs) {
    return new Objective(name, loss, NETWORK, new Update.OfTraining(), epochs);
  }

  /** Whether it changes that variable, if its loss reads it. */
  public boolean changes(Variable variable) {
    return variable.role() instanceof Variable.Trained trained
        && trained.rateFactor() > 0
        && changes.stream().anyMatch(path -> variable.name().startsWith(path + "."));
  }

  /** Whether it is the one whose loss is reported: it trains the network that is evaluated. */
  public boolean trainsNetwork() {
    return changes.contains(OpenSetNetwork.BACKBONE);
  }
}

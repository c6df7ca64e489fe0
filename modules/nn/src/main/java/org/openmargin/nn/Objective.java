package org.openmargin.nn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One goal of a training step: a loss to minimise, the weights it changes, how, and in which passes
 * over the images. The objectives of a step run one after another on the same images; each sees the
 * weights as left by those before it. A recipe: one instance builds any number of graphs.
 *
 * @param name shown in messages
 * @param changes paths of the networks it changes, for example {@code backbone}; of their weights,
 *     it changes those that its loss reads
 */
public record Objective(
    String name, Loss loss, List<String> changes, Update update, Passes passes) {

  public static final List<String> NETWORK = List.of(OpenSetNetwork.BACKBONE, OpenSetNetwork.HEAD);

  public Objective {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException(name + " changes nothing");
    }
  }

  /** From images and labels to the value to minimise. */
  @FunctionalInterface
  public interface Loss {

    /**
     * @param net the root of a training graph
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
     * @param beta1 decay of the mean of gradients
     * @param beta2 decay of the mean of squared gradients
     */
    record ConstantAdam(double rate, double beta1, double beta2) implements Update {}
  }

  /** The passes over the images in which an objective runs, counted from 0. */
  public enum Passes {
    EVERY,
    /** The first, third, ... pass. */
    EVEN,
    /** The second, fourth, ... pass. */
    ODD;

    public boolean include(long pass) {
      return switch (this) {
        case EVERY -> true;
        case EVEN -> pass % 2 == 0;
        case ODD -> pass % 2 == 1;
      };
    }
  }

  /** The head's loss on the images' embeddings, in every pass. */
  public static Objective of(OpenSetNetwork network) {
    return ofNetwork("network", network::loss, Passes.EVERY);
  }

  /** A loss that trains backbone and head with the run's optimizer. */
  public static Objective ofNetwork(String name, Loss loss, Passes passes) {
    return new Objective(name, loss, NETWORK, new Update.OfTraining(), passes);
  }

  /** Whether it changes {@code variable}, provided its loss reads it. */
  public boolean changes(Variable variable) {
    return variable.role() instanceof Variable.Trained trained
        && trained.rateFactor() > 0
        && changes.stream().anyMatch(path -> variable.name().startsWith(path + "."));
  }

  /** Whether its loss is the one reported: it trains the network that is evaluated. */
  public boolean trainsNetwork() {
    return changes.contains(OpenSetNetwork.BACKBONE);
  }
}

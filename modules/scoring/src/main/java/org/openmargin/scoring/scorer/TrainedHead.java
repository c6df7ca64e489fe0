package org.openmargin.scoring.scorer;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.numeric.ClassGaussians;
import org.openmargin.scoring.numeric.Shrinkage;
import org.openmargin.scoring.numeric.TailScale;
import org.openmargin.scoring.training.GaussianFits;
import org.openmargin.scoring.training.LinearHead;
import org.openmargin.scoring.training.TrainingOutputs;

/**
 * The parts of a trained network that scorers are made from.
 *
 * @param training its outputs on the known training images; empty if no scorer needs them
 * @param linear the head as a linear function; empty if no scorer needs it or the head has another
 *     form
 * @param reference known validation images that set the scales of {@link Combination}, but no
 *     threshold; may be empty
 * @param fits the Gaussians of the training outputs, shared by all scorers
 */
public record TrainedHead(
    Head head,
    Optional<TrainingOutputs> training,
    Optional<LinearHead> linear,
    Optional<Predictions> reference,
    GaussianFits fits) {

  /** With Gaussians that nobody has fitted yet. */
  public TrainedHead(
      Head head,
      Optional<TrainingOutputs> training,
      Optional<LinearHead> linear,
      Optional<Predictions> reference) {
    this(head, training, linear, reference, new GaussianFits());
  }

  /** For scorers of logits and embeddings. */
  public TrainedHead(Head head, Optional<TrainingOutputs> training, Optional<LinearHead> linear) {
    this(head, training, linear, Optional.empty());
  }

  /** For scorers that need only logits. */
  public static TrainedHead of(Head head) {
    return new TrainedHead(head, Optional.empty(), Optional.empty());
  }

  /**
   * For every scorer.
   *
   * @param logits maps embeddings [n][d] to the network's logits [n][columns]
   */
  public static TrainedHead of(TrainingOutputs training, UnaryOperator<float[][]> logits) {
    return new TrainedHead(
        training.head(),
        Optional.of(training),
        LinearHead.find(logits, training),
        Optional.empty());
  }

  /**
   * A copy for {@link Combination}, too.
   *
   * @param validation all known validation images
   */
  public TrainedHead withValidation(Predictions validation) {
    var part = Combination.reference(validation);
    return new TrainedHead(head, training, linear, Optional.of(part), fits);
  }

  boolean hasFeatures() {
    return training.stream().anyMatch(outputs -> !outputs.predictions().features().isEmpty());
  }

  boolean hasReference() {
    return reference.stream().anyMatch(part -> part.size() >= TailScale.LEAST_REFERENCE);
  }

  ClassGaussians gaussians(String feature, Shrinkage shrinkage) {
    return fits.of(outputs(), feature, shrinkage);
  }

  TrainingOutputs outputs() {
    return training.orElseThrow();
  }
}

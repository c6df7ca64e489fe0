package org.openmargin.experiment.wiring;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.scoring.evaluation.EvaluationPlan;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.scorer.ScorerSettings;
import org.openmargin.scoring.scorer.ScorerType;
import org.openmargin.scoring.scorer.TrainedHead;
import org.openmargin.scoring.training.SimilarityEmbedding;

/**
 * How images are scored, and which are rejected.
 *
 * @param listed scorers to report; empty for {@link ScorerType#REPORTED}
 * @param fitPasses most passes of training images through the network for the fit of scorers
 * @param bootstrap for confidence intervals
 * @param similarity what an exported model gives as an embedding; empty: the network's
 */
public record Scoring(
    List<ScorerType> listed,
    ScorerSettings settings,
    int fitPasses,
    DecidingScorer decision,
    Bootstrap bootstrap,
    Optional<Similarity> similarity) {

  /**
   * The settings of {@link SimilarityEmbedding}.
   *
   * @param features at least one
   */
  public record Similarity(List<String> features, double whitening) {
    public Similarity {
      features = List.copyOf(features);
    }

    /**
     * @throws IllegalArgumentException as {@link SimilarityEmbedding#fit}
     */
    public SimilarityEmbedding fit(TrainedHead network) {
      return SimilarityEmbedding.fit(network.training().orElseThrow(), features, whitening);
    }
  }

  /** Whether a combination decides, which uses half of the validation images for its scales. */
  public boolean combines() {
    return decision.selected().filter(ScorerType.COMBINATION::equals).isPresent();
  }

  /** Whether something is fitted to the training images. */
  public boolean needsTraining(ScorerChoice choice) {
    return similarity.isPresent() || wanted(choice).anyMatch(ScorerType::isFitted);
  }

  /** Whether something looks at features besides logits and embeddings. */
  public boolean needsFeatures(ScorerChoice choice) {
    return similarity.isPresent() || wanted(choice).anyMatch(ScorerType::needsFeatures);
  }

  private Stream<ScorerType> wanted(ScorerChoice choice) {
    return Stream.concat(listed(choice).stream(), decision.selected().stream());
  }

  /**
   * @param network with training outputs if {@link #needsTraining}
   * @throws IllegalArgumentException for a scorer that the head does not allow
   */
  public EvaluationPlan plan(ScorerChoice choice, TrainedHead network) {
    var head = network.head();
    var scorers =
        Stream.concat(reported(choice, network), Stream.of(decision.type(head)))
            .distinct()
            .map(type -> type.scorer(network, settings.withOwn(decision.own(head))))
            .toList();
    return new EvaluationPlan(scorers, decision.selection(head), bootstrap);
  }

  /** In report order; may lack the deciding one. */
  private Stream<ScorerType> reported(ScorerChoice choice, TrainedHead network) {
    var types = listed(choice);
    if (choice instanceof ScorerChoice.All) {
      return types.stream().filter(type -> type.allows(network));
    }
    return types.isEmpty() && choice instanceof ScorerChoice.OfExperiment
        ? ScorerType.REPORTED.stream().filter(type -> type.allows(network))
        : types.stream();
  }

  private List<ScorerType> listed(ScorerChoice choice) {
    if (choice instanceof ScorerChoice.Listed these) {
      return these.types();
    }
    return choice instanceof ScorerChoice.All ? List.of(ScorerType.values()) : listed;
  }
}

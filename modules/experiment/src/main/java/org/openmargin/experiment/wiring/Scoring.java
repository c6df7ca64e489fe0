package org.openmargin.experiment.wiring;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.evaluation.EvaluationPlan;
import org.openmargin.scoring.evaluation.ScorerSelection;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.scorer.ScorerSettings;
import org.openmargin.scoring.scorer.ScorerType;
import org.openmargin.scoring.scorer.TrainedHead;
import org.openmargin.scoring.training.SimilarityEmbedding;

/**
 * How images are scored, and which are rejected.
 *
 * @param listed scorers to report; empty for {@link ScorerType#REPORTED}
 * @param bootstrap for confidence intervals
 * @param similarity what an exported model gives as an embedding; empty: the network's
 */
public record Scoring(
    List<ScorerType> listed,
    ScorerSettings settings,
    Decision decision,
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

  /**
   * Which scorer decides, and at which thresholds.
   *
   * @param selected by the experiment
   * @param ofLoss the loss's default if none is selected; empty for one that suits the head
   * @param alpha rate of known images that may be rejected
   * @param furtherAlphas rates whose thresholds are stored as well
   */
  public record Decision(
      Optional<ScorerType> selected,
      Optional<DefaultScorer> ofLoss,
      double alpha,
      List<Double> furtherAlphas) {

    private DefaultScorer fallback(Head head) {
      return ofLoss.orElseGet(
          () ->
              head.openClass()
                  ? new DefaultScorer(ScorerType.MAX_PROBABILITY_OPEN, "a head with an open class")
                  : new DefaultScorer(
                      ScorerType.MAX_PROBABILITY_CLOSED, "a head without an open class"));
    }

    private ScorerSelection selection(Head head) {
      var type = type(head).key();
      var reason =
          selected.isPresent()
              ? "set by scoring.selected"
              : "the default of " + fallback(head).owner();
      return new ScorerSelection(type, reason, alpha, furtherAlphas);
    }

    private ScorerType type(Head head) {
      return selected.orElseGet(() -> fallback(head).type());
    }

    /** The head's own score in a combination, if the experiment names none. */
    private ScorerType own(Head head) {
      return fallback(head).type();
    }
  }

  /**
   * The deciding scorer if the experiment selects none.
   *
   * @param owner what has this default, in words
   */
  public record DefaultScorer(ScorerType type, String owner) {}

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

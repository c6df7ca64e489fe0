package org.openmargin.scoring.scorer;

import static org.openmargin.scoring.scorer.ScorerSetting.ENERGY_TEMPERATURE;
import static org.openmargin.scoring.scorer.ScorerSetting.GAUSSIAN_POOLING;
import static org.openmargin.scoring.scorer.ScorerSetting.GAUSSIAN_RIDGE;
import static org.openmargin.scoring.scorer.ScorerSetting.GEN_EXPONENT;
import static org.openmargin.scoring.scorer.ScorerSetting.GEN_TOP;
import static org.openmargin.scoring.scorer.ScorerSetting.KNN_NEIGHBOURS;
import static org.openmargin.scoring.scorer.ScorerSetting.NNGUIDE_NEIGHBOURS;
import static org.openmargin.scoring.scorer.ScorerSetting.NNGUIDE_SHARE;
import static org.openmargin.scoring.scorer.ScorerSetting.ODIN_TEMPERATURE;
import static org.openmargin.scoring.scorer.ScorerSetting.OPENMAX_TAIL;
import static org.openmargin.scoring.scorer.ScorerSetting.OPENMAX_TOP;
import static org.openmargin.scoring.scorer.ScorerSetting.REACT_QUANTILE;
import static org.openmargin.scoring.scorer.ScorerSetting.VIM_DIMENSIONS;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openmargin.scoring.Head;

/**
 * Every scorer: what it needs and how it is made. The names and the order are those of {@code
 * ScorerKind} in the schema.
 */
@SuppressWarnings("ImmutableEnumChecker") // factories are functions without state
public enum ScorerType {
  MAX_PROBABILITY_OPEN(
      Needs.OPEN_CLASS,
      (from, set) -> new MaxProbability(from.head(), MaxProbability.Softmax.OPEN, set.domain())),
  MAX_PROBABILITY_CLOSED(
      Needs.LOGITS,
      (from, set) -> new MaxProbability(from.head(), MaxProbability.Softmax.CLOSED, set.domain())),
  MAX_LOGIT(Needs.LOGITS, (from, set) -> new MaxLogit(from.head())),
  ENERGY(Needs.LOGITS, (from, set) -> new Energy(from.head(), set.number(ENERGY_TEMPERATURE))),
  MAX_COSINE(Needs.COSINES, (from, set) -> new MaxCosine(from.head())),
  ENTROPY(Needs.LOGITS, (from, set) -> new Entropy(from.head())),
  PROTOTYPE_DISTANCE(Needs.TRAINING, (from, set) -> PrototypeDistance.fit(from.outputs())),
  MAHALANOBIS(Needs.TRAINING, (from, set) -> Mahalanobis.fit(from.outputs())),
  RELATIVE_MAHALANOBIS(Needs.TRAINING, (from, set) -> RelativeMahalanobis.fit(from.outputs())),
  KNN(Needs.TRAINING, (from, set) -> Knn.fit(from.outputs(), set.integer(KNN_NEIGHBOURS))),
  VIM(
      Needs.LINEAR_HEAD,
      (from, set) ->
          Vim.fit(from.outputs(), from.linear().orElseThrow(), set.integer(VIM_DIMENSIONS))),
  OPENMAX(
      Needs.TRAINING,
      (from, set) ->
          OpenMax.fit(from.outputs(), set.integer(OPENMAX_TAIL), set.integer(OPENMAX_TOP))),
  REACT(
      Needs.LINEAR_HEAD,
      (from, set) ->
          React.fit(
              from.outputs(),
              from.linear().orElseThrow(),
              set.number(REACT_QUANTILE),
              set.number(ENERGY_TEMPERATURE))),
  GEN(
      Needs.LOGITS,
      (from, set) -> new Gen(from.head(), set.number(GEN_EXPONENT), set.integer(GEN_TOP))),
  ODIN(Needs.LOGITS, (from, set) -> new Odin(from.head(), set.number(ODIN_TEMPERATURE))),
  GAUSSIAN_DENSITY(
      Needs.TRAINING,
      (from, set) ->
          GaussianDensity.fit(
              from.outputs(), set.number(GAUSSIAN_POOLING), set.number(GAUSSIAN_RIDGE))),
  NNGUIDE(
      Needs.TRAINING,
      (from, set) ->
          NnGuide.fit(from.outputs(), set.number(NNGUIDE_SHARE), set.integer(NNGUIDE_NEIGHBOURS))),
  LAYER_GAUSSIAN(Needs.FEATURES, (from, set) -> set.layers().gaussian(from)),
  COMBINATION(Needs.REFERENCE, (from, set) -> set.layers().combination(from, set)),
  LAYER_KNN(Needs.FEATURES, (from, set) -> set.layers().knn(from, set.integer(KNN_NEIGHBOURS))),
  LAYER_VIM(Needs.FEATURES, (from, set) -> set.layers().vim(from, set.integer(VIM_DIMENSIONS)));

  /** What a scorer is made from; LINEAR_HEAD, FEATURES and REFERENCE include TRAINING. */
  private enum Needs {
    LOGITS,
    OPEN_CLASS,
    COSINES,
    TRAINING,
    LINEAR_HEAD,
    FEATURES,
    REFERENCE
  }

  private interface Factory {
    Scorer make(TrainedHead from, ScorerSettings settings);
  }

  /** The scorers that an evaluation reports by default. */
  public static final List<ScorerType> REPORTED =
      List.of(MAX_PROBABILITY_OPEN, MAX_PROBABILITY_CLOSED, MAX_LOGIT, ENERGY, MAX_COSINE);

  private final Needs needs;
  private final Factory factory;

  ScorerType(Needs needs, Factory factory) {
    this.needs = needs;
    this.factory = factory;
  }

  /** The type of this name, ignoring case. */
  public static Optional<ScorerType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The scorers reported by default that this head allows, with default settings. */
  public static List<Scorer> reported(Head head) {
    var network = TrainedHead.of(head);
    return REPORTED.stream()
        .filter(type -> type.allows(network))
        .map(type -> type.scorer(network, ScorerSettings.DEFAULTS))
        .toList();
  }

  /** The name in reports and files, in snake_case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the scorer is fitted to the training images. */
  public boolean isFitted() {
    return needs.compareTo(Needs.TRAINING) >= 0;
  }

  /** Whether the scorer looks at features besides logits and embeddings. */
  public boolean needsFeatures() {
    return needs == Needs.FEATURES || needs == Needs.REFERENCE;
  }

  public boolean allows(TrainedHead network) {
    return switch (needs) {
      case LOGITS, TRAINING -> true;
      case OPEN_CLASS -> network.head().openClass();
      case COSINES -> network.head().cosineScale().isPresent();
      case LINEAR_HEAD -> network.linear().isPresent();
      case FEATURES -> network.hasFeatures();
      case REFERENCE -> network.hasFeatures() && network.hasReference();
    };
  }

  /**
   * @param network with training outputs if this {@link #isFitted}
   * @throws IllegalArgumentException if the head does not allow it, or for a setting out of range
   */
  public Scorer scorer(TrainedHead network, ScorerSettings settings) {
    if (needs == Needs.LINEAR_HEAD && !allows(network)) {
      throw new IllegalArgumentException(
          key() + " needs a dense or a cosine head; the logits of this one are neither");
    }
    return factory.make(network, settings);
  }
}

package org.openmargin.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Backbone and head: the single description from which the training, evaluation and serving graphs
 * are built.
 *
 * @param input format of the images
 * @param backbone image to embedding; its variables are under {@code backbone}
 * @param head embedding to logits and loss; its variables are under {@code loss}
 * @param views how many views of an image inference averages; training sees one
 * @param features what inference computes besides the embedding
 */
public record OpenSetNetwork(
    InputFormat input, Backbone backbone, OpenSetLoss head, Views views, Features features) {
  static final String BACKBONE = "backbone";
  static final String HEAD = "loss";

  /**
   * @throws IllegalArgumentException if the backbone, the views or the features do not fit the
   *     images, or the features do not fit the backbone
   */
  public OpenSetNetwork {
    backbone.embeddingSize(input);
    views.requireFit(input);
    features.requireFit(backbone, input);
  }

  /** A network with {@link Views#SINGLE} and no features. */
  public OpenSetNetwork(InputFormat input, Backbone backbone, OpenSetLoss head) {
    this(input, backbone, head, Views.SINGLE, Features.NONE);
  }

  /**
   * A copy with other views.
   *
   * @throws IllegalArgumentException if the views do not fit the image size
   */
  public OpenSetNetwork with(Views other) {
    return new OpenSetNetwork(input, backbone, head, other, features);
  }

  /**
   * A copy with other features.
   *
   * @throws IllegalArgumentException if the backbone or the images do not have them
   */
  public OpenSetNetwork with(Features other) {
    return new OpenSetNetwork(input, backbone, head, views, other);
  }

  /** A copy with another head. */
  public OpenSetNetwork with(OpenSetLoss other) {
    return new OpenSetNetwork(input, backbone, other, views, features);
  }

  /** A copy with another backbone, for what that takes. */
  public OpenSetNetwork with(Backbone other, InputFormat format) {
    return new OpenSetNetwork(format, other, head, views, features);
  }

  /**
   * The outputs of a trained network for a batch.
   *
   * @param logits [batch, C] or [batch, C + 1], see {@link OpenSetLoss#logits}
   * @param embeddings [batch, d], the mean over the views
   * @param scale scalar, see {@link OpenSetLoss#scale}
   * @param features by name, in order: [batch, size], the mean over their views
   */
  public record Endpoints(
      Operand<TFloat32> logits,
      Operand<TFloat32> embeddings,
      Operand<TFloat32> scale,
      Map<String, Operand<TFloat32>> features) {
    public Endpoints {
      features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    }
  }

  /** How many views of an image pass through the backbone in inference. */
  public int viewCount() {
    return features.mostViews(views).count();
  }

  /**
   * Builds the outputs for inference.
   *
   * @param pixels [batch, height, width, channels], 0 to 255, uint8 or float32
   */
  public Endpoints endpoints(Net net, Operand<? extends TNumber> pixels) {
    var seen = features.of(net, this, net.cast(pixels, TFloat32.class));
    var logits = head.logits(headNet(net), seen.embedding());
    return new Endpoints(logits, seen.embedding(), head.scale(headNet(net)), seen.features());
  }

  /**
   * Builds the loss for training.
   *
   * @param pixels [batch, height, width, channels], 0 to 255, augmented
   * @param labels [batch]
   * @return scalar
   */
  public Operand<TFloat32> loss(Net net, Operand<TFloat32> pixels, Operand<TInt32> labels) {
    return head.loss(headNet(net), embed(net, pixels), labels);
  }

  /**
   * What a training step minimises, one after another.
   *
   * @throws IllegalArgumentException if the head cannot be trained with this backbone, or on images
   *     of this size, if its objectives do not train the network exactly once in every step, or if
   *     the head is a {@link FittedHead}
   */
  public List<Objective> objectives() {
    if (head instanceof FittedHead) {
      throw new IllegalArgumentException(FittedHead.NO_STEPS);
    }
    var objectives = head.objectives(this);
    for (var pass = 0; pass < 2; pass++) {
      var now = pass;
      var trained =
          objectives.stream().filter(o -> o.trainsNetwork() && o.passes().include(now)).count();
      if (trained != 1) {
        throw new IllegalArgumentException(
            "exactly one of a loss's objectives must train the network in every step; %s has %d in pass %d"
                .formatted(head.getClass().getSimpleName(), trained, pass));
      }
    }
    return List.copyOf(objectives);
  }

  /** [C, d], see {@link OpenSetLoss#prototypes}. */
  public Optional<Operand<TFloat32>> prototypes(Net net, Operand<TFloat32> embeddings) {
    return head.prototypes(headNet(net), embeddings);
  }

  /**
   * Scalar: the mean cosine between two {@link OpenSetLoss#prototypes}; empty without prototypes,
   * or with one.
   */
  public Optional<Operand<TFloat32>> prototypeCosine(Net net) {
    return prototypes(net, anEmbedding(net))
        .filter(points -> points.shape().get(0) > 1)
        .map(points -> MutualCosine.mean(headNet(net), points));
  }

  /**
   * The label of the open class: the last column of the logits.
   *
   * @throws IllegalStateException if the head has no open class
   */
  public int openClass(Net net) {
    if (!head.hasOpenClass()) {
      throw new IllegalStateException(head.getClass().getSimpleName() + " has no open class");
    }
    return (int) head.logits(headNet(net), anEmbedding(net)).shape().get(1) - 1;
  }

  private Operand<TFloat32> anEmbedding(Net net) {
    return net.tf().constant(new float[1][backbone.embeddingSize(input)]);
  }

  /** Scalar; see {@link OpenSetLoss#scale}. */
  public Operand<TFloat32> scale(Net net) {
    return head.scale(headNet(net));
  }

  /**
   * Image to embedding.
   *
   * @param pixels [batch, height, width, channels], 0 to 255
   * @return [batch, d]
   */
  public Operand<TFloat32> embed(Net net, Operand<TFloat32> pixels) {
    return backbone.embed(backboneNet(net), prepared(net, pixels));
  }

  Operand<TFloat32> prepared(Net net, Operand<TFloat32> pixels) {
    return backbone.input(net.in("input"), input, pixels);
  }

  /** The place of the backbone. */
  public static Net backboneNet(Net net) {
    return net.in(BACKBONE);
  }

  /** The full name of a variable of the backbone. */
  public static String backboneVariable(String name) {
    return BACKBONE + "." + name;
  }

  /** The full name of a variable of the head. */
  public static String headVariable(String name) {
    return HEAD + "." + name;
  }

  /** The place of the head. */
  public static Net headNet(Net net) {
    return net.in(HEAD);
  }
}

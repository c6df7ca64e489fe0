package org.openmargin.trainer;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.openmargin.data.TrainingData;
import org.openmargin.nn.Variable;

/**
 * The network at a validation, for listeners that want to know more than accuracy and loss. Nothing
 * is computed until they ask; only valid while they are told.
 */
public final class Inspection {
  private final Inference inference;
  private final Inference.Outputs outputs;
  private final TrainingData data;

  /**
   * @param inference with the weights of the checkpoint
   * @param outputs for the known validation images
   */
  Inspection(Inference inference, Inference.Outputs outputs, TrainingData data) {
    this.inference = inference;
    this.outputs = outputs;
    this.data = data;
  }

  /**
   * How similar the known validation images are to the known classes: cosines, or logits if the
   * head has no cosines.
   *
   * @return {@code cosine_to_own_class} [n] and {@code cosine_to_other_classes} [n (C - 1)], or the
   *     same of {@code logit}
   */
  public Map<String, float[]> similarities() {
    var labels = data.validation().labels();
    var classes = data.classNames().size();
    var cosine = inference.isCosine();
    var unit = cosine ? (float) outputs.scale() : 1f;
    var own = new float[labels.length];
    var others = new float[labels.length * (classes - 1)];
    var next = 0;
    for (var row = 0; row < labels.length; row++) {
      for (var label = 0; label < classes; label++) {
        var value = outputs.logits()[row][label] / unit;
        if (label == labels[row]) {
          own[row] = value;
        } else {
          others[next++] = value;
        }
      }
    }
    var name = cosine ? "cosine" : "logit";
    return new TreeMap<>(Map.of(name + "_to_own_class", own, name + "_to_other_classes", others));
  }

  /** Visits what was trained, by name: its elements as validation uses them. */
  public void forEachWeight(BiConsumer<String, float[]> visitor) {
    for (var variable : inference.model()) {
      if (variable.role() instanceof Variable.Trained) {
        visitor.accept(variable.name(), inference.value(variable));
      }
    }
  }
}

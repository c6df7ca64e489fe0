package org.openmargin.trainer;

import java.nio.file.Path;
import org.openmargin.data.TrainingData;

/**
 * What the known validation images say about weights.
 *
 * @param accuracy share of images whose class is predicted
 * @param loss mean of {@code -log softmax(logits)[label]}, over all logits, that of an open class
 *     included; a margin of the training loss is not in it
 * @param inspection the network with these weights
 */
record ValidationMeasures(double accuracy, double loss, Inspection inspection) {

  /**
   * @param variables prefix of a checkpoint's variables, which stay in {@code inference}
   */
  static ValidationMeasures of(Inference inference, TrainingData data, Path variables) {
    inference.restore(variables);
    var known = data.validation();
    var outputs = inference.outputs(known.images());
    return new ValidationMeasures(
        outputs.accuracy(known.labels(), data.classNames().size()),
        crossEntropy(outputs.logits(), known.labels()),
        new Inspection(inference, outputs, data));
  }

  static double crossEntropy(float[][] logits, int[] labels) {
    var sum = 0.0;
    for (var row = 0; row < labels.length; row++) {
      sum += logSumExp(logits[row]) - logits[row][labels[row]];
    }
    return sum / labels.length;
  }

  private static double logSumExp(float[] values) {
    var highest = Double.NEGATIVE_INFINITY;
    for (var value : values) {
      highest = Math.max(highest, value);
    }
    var sum = 0.0;
    for (var value : values) {
      sum += Math.exp(value - highest);
    }
    return highest + Math.log(sum);
  }
}

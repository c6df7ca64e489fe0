package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.SelfDescription;

/**
 * How a model decides, as {@code open_set.json} says.
 *
 * @param threshold for all classes
 * @param byClass thresholds that decide in its place, in label order; empty for none
 * @param temperature divides the logits of the probabilities
 */
record DeclaredDecision(double threshold, List<Double> byClass, double temperature) {

  /**
   * @throws ModelException if the description is no such text
   */
  static DeclaredDecision of(SelfDescription self) {
    var decision = JsonText.object(self.description()).get("decision");
    if (!(decision instanceof Map<?, ?> map)) {
      throw new ModelException("open_set.json has no decision");
    }
    var byClass = new ArrayList<Double>();
    if (map.get("class_thresholds") instanceof Map<?, ?> thresholds) {
      if (!List.copyOf(thresholds.keySet()).equals(self.classNames())) {
        throw new ModelException("open_set.json has thresholds for other classes than the model's");
      }
      thresholds.values().forEach(value -> byClass.add(number(value)));
    }
    var temperature = map.containsKey("temperature") ? number(map.get("temperature")) : 1;
    if (!(temperature > 0)) {
      throw new ModelException("open_set.json has the temperature " + temperature);
    }
    return new DeclaredDecision(self.threshold(), List.copyOf(byClass), temperature);
  }

  private static double number(Object value) {
    if (value instanceof Double number && Double.isFinite(number)) {
      return number;
    }
    throw new ModelException("open_set.json has a decision by what is no number: " + value);
  }

  /** The largest float that is accepted where a class is predicted. */
  float limit(int predictedClass) {
    return limit(byClass.isEmpty() || predictedClass < 0 ? threshold : byClass.get(predictedClass));
  }

  /** The largest float that is not above a threshold. */
  static float limit(double threshold) {
    var nearest = (float) threshold;
    return nearest <= threshold ? nearest : Math.nextDown(nearest);
  }
}

package org.openmargin.experiment.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.config.v1.TrainingConfig;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.Net.Tuning;
import org.openmargin.nn.StagedBackbone;
import org.openmargin.nn.TunedBackbone;

/**
 * Which stages of a backbone are trained, and how fast.
 *
 * @param frozen names of stages
 * @param rates factors of the learning rate by name
 */
record StageTuning(List<String> frozen, Map<String, Double> rates) {

  static StageTuning of(TrainingConfig training) {
    return new StageTuning(training.getFrozenList(), training.getStageRatesMap());
  }

  /**
   * @throws RunException if a name is that of no stage, or is frozen and has a rate
   */
  Backbone applied(Backbone backbone) {
    if (frozen.isEmpty() && rates.isEmpty()) {
      return backbone;
    }
    if (!(backbone instanceof StagedBackbone staged)) {
      throw new RunException(
          "training.frozen and training.stage_rates need a backbone with stages, such as model.resnet");
    }
    var names = new ArrayList<>(staged.maps());
    names.add("stage" + (staged.stages() - 1));
    frozen.forEach(name -> requireStage("training.frozen", name, names));
    rates.keySet().forEach(name -> requireStage("training.stage_rates", name, names));
    return new TunedBackbone(staged, names.stream().map(this::tuning).toList());
  }

  private void requireStage(String field, String name, List<String> names) {
    if (!names.contains(name)) {
      throw new RunException(
          "%s: there is no stage '%s'; the stages of this backbone are %s"
              .formatted(field, name, String.join(", ", names)));
    }
    if (frozen.contains(name) && rates.containsKey(name)) {
      throw new RunException(
          "training.stage_rates: '%s' is also in training.frozen; it can only be in one"
              .formatted(name));
    }
  }

  private Tuning tuning(String name) {
    return new Tuning(frozen.contains(name) ? 0 : rates.getOrDefault(name, 1.0));
  }
}

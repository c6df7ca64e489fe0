package org.openmargin.experiment.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
 * @param rates factors of the learning rate, one for each stage; empty: 1 for each
 */
public record StageTuning(List<String> frozen, List<Double> rates) {

  public static StageTuning of(TrainingConfig training) {
    return new StageTuning(training.getFrozenList(), training.getStageRatesList());
  }

  /**
   * @throws RunException if a name is that of no stage, or there is not one rate for each
   */
  public Backbone applied(Backbone backbone) {
    if (frozen.isEmpty() && rates.isEmpty()) {
      return backbone;
    }
    if (!(backbone instanceof StagedBackbone staged)) {
      throw new RunException(
          "training.frozen and training.stage_rates need a backbone with stages, such as model.resnet");
    }
    var names = new ArrayList<>(staged.maps());
    names.add("stage" + (staged.stages() - 1));
    frozen.forEach(name -> requireStage(name, names));
    if (!rates.isEmpty() && rates.size() != names.size()) {
      throw new RunException(
          "training.stage_rates: there are %d rates for %d stages: %s"
              .formatted(rates.size(), names.size(), String.join(", ", names)));
    }
    return new TunedBackbone(
        staged, IntStream.range(0, names.size()).mapToObj(i -> tuning(names.get(i), i)).toList());
  }

  private static void requireStage(String name, List<String> names) {
    if (!names.contains(name)) {
      throw new RunException(
          "training.frozen: there is no stage '%s'; the stages of this backbone are %s"
              .formatted(name, String.join(", ", names)));
    }
  }

  private Tuning tuning(String name, int stage) {
    var rate = rates.isEmpty() ? 1.0 : rates.get(stage);
    return new Tuning(frozen.contains(name) ? 0 : rate);
  }
}

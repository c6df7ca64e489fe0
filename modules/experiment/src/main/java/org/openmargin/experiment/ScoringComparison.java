package org.openmargin.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.data.foreign.ForeignGroup;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.nn.Features;
import org.openmargin.nn.ImageStatistics;
import org.openmargin.nn.Views;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.scorer.TrainedHead;

/**
 * A trained network under several ways of scoring. Its outputs are computed once for each kind of
 * views, with the features of all that use these views.
 *
 * @param recipes differ from the trained one in scoring only
 */
record ScoringComparison(TrainedModel trained, List<Recipe> recipes, RuntimeSettings runtime) {

  /** An outcome for each recipe, in order. */
  List<ScoringOutcome> outcomes() {
    var outcomes = new ScoringOutcome[recipes.size()];
    var byViews = new LinkedHashMap<Views, List<Integer>>();
    IntStream.range(0, recipes.size())
        .forEach(
            i ->
                byViews
                    .computeIfAbsent(recipes.get(i).parts().views(), v -> new ArrayList<>())
                    .add(i));
    byViews.forEach((views, rows) -> fill(outcomes, views, rows));
    return List.of(outcomes);
  }

  private void fill(ScoringOutcome[] outcomes, Views views, List<Integer> rows) {
    var usable = new ArrayList<Integer>();
    for (var row : rows) {
      try {
        trained.network().with(views).with(recipes.get(row).parts().features());
        usable.add(row);
      } catch (IllegalArgumentException e) {
        outcomes[row] = new ScoringOutcome.Refused(e.getMessage());
      }
    }
    if (usable.isEmpty()) {
      return;
    }
    var network =
        trained
            .network()
            .with(views)
            .with(union(usable.stream().map(i -> recipes.get(i).parts().features()).toList()));
    try (var model = trained.with(network, runtime)) {
      var seen = Seen.of(model);
      usable.forEach(row -> outcomes[row] = seen.outcome(recipes.get(row)));
    }
  }

  private static Features union(List<Features> all) {
    var maps = new LinkedHashSet<String>();
    var statistics = new LinkedHashMap<String, ImageStatistics>();
    for (var features : all) {
      maps.addAll(features.maps());
      features.statistics().forEach(s -> statistics.putIfAbsent(s.name(), s));
    }
    return new Features(List.copyOf(maps), List.copyOf(statistics.values()));
  }

  /**
   * What the network says about all images.
   *
   * @param foreign groups of foreign images, with its outputs
   */
  private record Seen(
      TrainedModel model, ModelOutputs outputs, TrainedHead head, List<ForeignAnswers> foreign) {

    record ForeignAnswers(ForeignGroup group, Predictions predictions) {}

    static Seen of(TrainedModel model) {
      var outputs = ModelOutputs.of(model, true);
      var foreign =
          ForeignPanel.groups(model, List.of()).stream()
              .map(g -> new ForeignAnswers(g, ModelOutputs.foreign(model, g.images(), true)))
              .toList();
      return new Seen(model, outputs, outputs.trainedHead(model), foreign);
    }

    ScoringOutcome outcome(Recipe recipe) {
      var only = new ScorerChoice.Listed(List.of());
      try {
        var evaluation = Evaluation.of(model.with(recipe), outputs, head, only);
        var panel = new ForeignPanel(evaluation.trained(), evaluation.decision());
        var answers = foreign.stream().map(f -> panel.answers(f.group(), f.predictions())).toList();
        return new ScoringOutcome.Evaluated(
            evaluation.report().toBuilder().addAllForeign(answers).build());
      } catch (IllegalArgumentException e) {
        return new ScoringOutcome.Refused(e.getMessage());
      }
    }
  }
}

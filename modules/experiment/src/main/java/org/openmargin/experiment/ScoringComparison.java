package org.openmargin.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.data.foreign.ForeignGroup;
import org.openmargin.experiment.sets.PanelImages;
import org.openmargin.experiment.sets.SetRequest;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.nn.Features;
import org.openmargin.nn.ImageStatistics;
import org.openmargin.nn.Views;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.scorer.TrainedHead;

/**
 * A trained network under several ways of scoring. Its outputs are computed once for all that use
 * the same views, with the features of them all.
 *
 * @param recipes differ from the trained one in scoring only
 */
record ScoringComparison(TrainedModel trained, List<Recipe> recipes, RuntimeSettings runtime) {

  /** An outcome for each recipe, in order. */
  List<ScoringOutcome> outcomes() {
    var outcomes = new ScoringOutcome[recipes.size()];
    var byViews = new LinkedHashMap<Seeing, List<Integer>>();
    IntStream.range(0, recipes.size())
        .forEach(
            row ->
                byViews
                    .computeIfAbsent(Seeing.of(recipes.get(row)), v -> new ArrayList<>())
                    .add(row));
    byViews.forEach((views, rows) -> fill(outcomes, views, rows));
    return List.of(outcomes);
  }

  /** The views over which embeddings and features are averaged, and of how many for a fit. */
  private record Seeing(Views embedding, Views features, int fitPasses) {

    static Seeing of(Recipe recipe) {
      return new Seeing(
          recipe.parts().views(), recipe.parts().features().views(), recipe.scoring().fitPasses());
    }
  }

  private void fill(ScoringOutcome[] outcomes, Seeing views, List<Integer> rows) {
    var plain = trained.network().with(Features.NONE);
    var usable = new ArrayList<Integer>();
    for (var row : rows) {
      try {
        plain.with(views.embedding()).with(recipes.get(row).parts().features());
        usable.add(row);
      } catch (IllegalArgumentException e) {
        outcomes[row] = new ScoringOutcome.Refused(e.getMessage());
      }
    }
    if (usable.isEmpty()) {
      return;
    }
    var wanted = usable.stream().map(row -> recipes.get(row).parts().features()).toList();
    var network = plain.with(views.embedding()).with(union(wanted, views.features()));
    try (var model = trained.with(recipes.get(usable.get(0))).with(network, runtime)) {
      var seen = Seen.of(model);
      usable.forEach(row -> outcomes[row] = seen.outcome(recipes.get(row)));
    }
  }

  private static Features union(List<Features> all, Views views) {
    var maps = new LinkedHashSet<String>();
    var statistics = new LinkedHashMap<String, ImageStatistics>();
    for (var features : all) {
      maps.addAll(features.maps());
      features.statistics().forEach(s -> statistics.putIfAbsent(s.name(), s));
    }
    return new Features(List.copyOf(maps), List.copyOf(statistics.values()), views);
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
          PanelImages.of(model.recipe(), model.network(), model.splits(), SetRequest.DEFAULT)
              .foreign()
              .stream()
              .map(g -> new ForeignAnswers(g, ModelOutputs.foreign(model, g.images(), true)))
              .toList();
      return new Seen(model, outputs, outputs.trainedHead(model), foreign);
    }

    ScoringOutcome outcome(Recipe recipe) {
      var only = new ScorerChoice.Listed(List.of());
      try {
        var evaluation = Evaluation.of(model.with(recipe), outputs, head, only);
        var panel = new SetPanel(evaluation.trained(), evaluation.decision());
        var answers = foreign.stream().map(f -> panel.answers(f.group(), f.predictions())).toList();
        return new ScoringOutcome.Evaluated(
            evaluation.report().toBuilder().addAllForeign(answers).build());
      } catch (IllegalArgumentException e) {
        return new ScoringOutcome.Refused(e.getMessage());
      }
    }
  }
}

package org.openmargin.experiment;

import java.util.stream.IntStream;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.data.foreign.ForeignGroup;
import org.openmargin.experiment.sets.PanelImages;
import org.openmargin.experiment.sets.SetRows;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.evaluation.OpenSetDecision;
import org.openmargin.scoring.evaluation.ScoredPredictions;
import org.openmargin.scoring.sets.SetAnswers;

/**
 * How a trained model answers images besides the test images: of no class, and of known classes
 * under a shift. Only asked after the decision is final, so that these images cannot influence it.
 */
record SetPanel(TrainedModel trained, OpenSetDecision decision) {

  /**
   * Adds the answers to foreign images, and a row for each set of images.
   *
   * @param scored test images
   */
  void report(EvaluationReport.Builder report, ScoredPredictions scored, PanelImages images) {
    var test = scored.predictions();
    var answers = SetAnswers.of(decision, test, scored.of(decision.scorer().name()));
    var rows = new SetRows(test.truth(), answers, trained.recipe().scoring().bootstrap());
    var features = decision.scorer().type().needsFeatures();
    for (var group : images.shifted()) {
      var parts =
          group.images().stream()
              .map(part -> ModelOutputs.shifted(trained, part, features))
              .map(predictions -> SetAnswers.of(decision, predictions))
              .toList();
      rows.add(group, SetAnswers.joined(parts));
    }
    for (var group : images.foreign()) {
      var predictions = ModelOutputs.foreign(trained, group.images(), features);
      var given = SetAnswers.of(decision, predictions);
      report.addForeign(answers(group, predictions, given.rejected()));
      rows.addFar(given);
    }
    report.addAllSets(rows.messages());
  }

  /**
   * @param predictions for the group's images
   */
  EvaluationReport.ForeignGroup answers(ForeignGroup group, Predictions predictions) {
    return answers(group, predictions, SetAnswers.of(decision, predictions).rejected());
  }

  private static EvaluationReport.ForeignGroup answers(
      ForeignGroup group, Predictions predictions, boolean[] rejected) {
    var accepted = IntStream.range(0, rejected.length).filter(i -> !rejected[i]).toArray();
    var report =
        EvaluationReport.ForeignGroup.newBuilder()
            .setName(group.name())
            .setOrigin(origin(group.origin()))
            .setImages(rejected.length)
            .setFound(group.found())
            .setRejectionRate((double) (rejected.length - accepted.length) / rejected.length)
            .addAllUnreadable(group.unreadable());
    if (accepted.length > 0) {
      addAnswer(report, predictions, accepted);
    }
    return report.build();
  }

  /** The most frequent class of accepted images, the first of equals. */
  private static void addAnswer(
      EvaluationReport.ForeignGroup.Builder report, Predictions predictions, int[] accepted) {
    var counts = new int[predictions.head().knownClasses()];
    var most = 0;
    for (var row : accepted) {
      counts[predictions.predictedClass(row)]++;
    }
    for (var label = 1; label < counts.length; label++) {
      most = counts[label] > counts[most] ? label : most;
    }
    report
        .setAcceptedAs(predictions.head().classNames().get(most))
        .setAcceptedAsImages(counts[most]);
  }

  private static EvaluationReport.ForeignGroup.Origin origin(ForeignGroup.Origin origin) {
    return switch (origin) {
      case GENERATED -> EvaluationReport.ForeignGroup.Origin.GENERATED;
      case DERIVED -> EvaluationReport.ForeignGroup.Origin.DERIVED;
      case GIVEN -> EvaluationReport.ForeignGroup.Origin.GIVEN;
    };
  }
}

package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.foreign.ForeignGroup;
import org.openmargin.data.foreign.ForeignImages;
import org.openmargin.data.source.ForeignFolder;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.evaluation.OpenSetDecision;

/**
 * Whether a trained model rejects images that belong to no class. Only asked after the decision is
 * final, so that these images cannot influence it.
 */
record ForeignPanel(TrainedModel trained, OpenSetDecision decision) {

  /**
   * Generated and derived groups, then those of the user.
   *
   * @param folders see {@link ForeignFolder}
   * @throws RunException if two groups have one name
   */
  static List<ForeignGroup> groups(TrainedModel trained, List<Path> folders) {
    var known = trained.splits().test().known();
    var views = trained.network().viewCount();
    var standard = ForeignImages.affordable(known.images().shape(), views);
    var groups = new ArrayList<>(standard.groups(known));
    var target =
        new ForeignFolder.Target(
            geometry(trained),
            known.images().channels(),
            standard.mostGiven(),
            trained.recipe().export().levels());
    var names = new HashSet<String>();
    for (var folder : folders) {
      for (var group : new ForeignFolder(folder, trained.recipe().notices()).groups(target)) {
        if (!names.add(group.name())) {
          throw new RunException(
              "%s: there is already a group of foreign images called '%s'; rename one of the folders"
                  .formatted(folder, group.name()));
        }
        groups.add(group);
      }
    }
    return List.copyOf(groups);
  }

  /** As an exported model would crop and resize the image of a client. */
  private static ImageGeometry geometry(TrainedModel trained) {
    var input = trained.network().input();
    var crop = trained.recipe().export().centreCropPx();
    return new ImageGeometry(
        crop == 0 ? OptionalInt.empty() : OptionalInt.of(crop), input.height(), input.width());
  }

  EvaluationReport.ForeignGroup answers(ForeignGroup group) {
    var features = decision.scorer().type().needsFeatures();
    return answers(group, ModelOutputs.foreign(trained, group.images(), features));
  }

  /**
   * @param predictions for the group's images
   */
  EvaluationReport.ForeignGroup answers(ForeignGroup group, Predictions predictions) {
    var scores = decision.scorer().unknownScores(predictions);
    var rejected = decision.threshold().rejected(scores);
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

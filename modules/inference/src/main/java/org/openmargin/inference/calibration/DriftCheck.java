package org.openmargin.inference.calibration;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.data.DataException;
import org.openmargin.data.WorkListener;
import org.openmargin.exporter.Json;
import org.openmargin.inference.FileClassifier;
import org.openmargin.scoring.drift.ChiSquared;
import org.openmargin.scoring.drift.Drift;
import org.openmargin.serving.OpenSetClassifier;

/**
 * Whether images are like those that a model was calibrated on.
 *
 * @param stored the calibration
 * @param images answers of the model
 * @param classNames in label order
 */
public record DriftCheck(
    StoredDecision stored, ScoredImages images, List<String> classNames, Drift drift) {

  /**
   * @param level probability of calling images drifted that are not, about
   * @throws DataException if there are too few images
   */
  public static DriftCheck of(
      OpenSetClassifier classifier, List<Path> files, double level, WorkListener work) {
    var stored = StoredDecision.of(classifier.description());
    var names = classifier.classNames();
    var images = ScoredImages.of(FileClassifier.of(classifier), files, "scoring images", work);
    var predicted = new long[names.size()];
    for (var c : images.predicted(names)) {
      predicted[c]++;
    }
    try {
      var sample = new Drift.Sample(images.scores(), images.rejected(), predicted);
      var drift = Drift.of(stored.reference(), sample, stored.expectedRejection(), level);
      return new DriftCheck(stored, images, names, drift);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /** How many images each class was predicted for, now and in the calibration. */
  public Map<String, long[]> predicted() {
    var counts = new LinkedHashMap<String, long[]>();
    var before = stored.reference().predicted();
    var now = images.predicted(classNames);
    for (var c = 0; c < classNames.size(); c++) {
      var index = c;
      var count = Arrays.stream(now).filter(found -> found == index).count();
      counts.put(classNames.get(c), new long[] {count, c < before.size() ? before.get(c) : 0});
    }
    return counts;
  }

  /** For {@code --json}. */
  public Map<String, Object> figures() {
    var classes = new LinkedHashMap<String, Object>();
    predicted()
        .forEach(
            (name, counts) ->
                classes.put(name, Json.object("images", counts[0], "calibration", counts[1])));
    return Json.object(
        "images", drift.rejected().of(),
        "unusable_images", images.unusable().size(),
        "calibration_images", stored.reference().images(),
        "level", drift.level(),
        "drift", !drift.changes().isEmpty(),
        "changes", drift.changes(),
        "unknown_scores", test(drift.scores()),
        "rejected",
            Json.object(
                "images", drift.rejected().count(),
                "share", drift.rejected().share(),
                "share_low", drift.rejected().low(),
                "share_high", drift.rejected().high(),
                "expected", drift.expectedRejection(),
                "p_value", drift.rejectionPValue()),
        "predicted_classes", test(drift.classes()),
        "classes", classes);
  }

  private static Map<String, Object> test(ChiSquared test) {
    return Json.object(
        "chi_squared", test.statistic(),
        "degrees_of_freedom", test.degrees(),
        "p_value", test.pValue());
  }
}

package org.openmargin.inference.calibration;

import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.data.DataException;
import org.openmargin.data.WorkListener;
import org.openmargin.exporter.calibration.CalibrationExporter;
import org.openmargin.exporter.calibration.NewCalibration;
import org.openmargin.exporter.version.NextVersion;
import org.openmargin.inference.FileClassifier;
import org.openmargin.scoring.calibration.TemperatureScaling;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.OpenSetClassifier;

/**
 * Calibrates an exported model for images of another site: the same network and scores, new
 * thresholds, a new version. Split conformal prediction (Vovk, Gammerman, Shafer, 2005): with n
 * known images and the threshold at the k-th smallest of their scores, {@code k = ceil((n + 1)(1 -
 * alpha))}, a known image that is exchangeable with them is rejected with probability at most
 * {@code 1 - k/(n + 1) <= alpha}.
 *
 * @param version directory of the version to begin from
 * @param classifier of that version
 * @param clock for the date in the description
 */
public record ModelCalibration(
    Path version, OpenSetClassifier classifier, WorkListener work, Clock clock) {

  /** The images that are given to calibrate. */
  public record Images(LabelledImages known, List<Path> impostors) {}

  /**
   * What was found, before anything is written.
   *
   * @param classNames in label order
   * @param known answers of the model as it is
   * @param impostors the same
   */
  public record Found(
      FoundCalibration calibration,
      StoredDecision before,
      List<String> classNames,
      ScoredImages known,
      Optional<ScoredImages> impostors) {}

  /**
   * @param savedModel a model's directory, for its highest version, or one version in it
   */
  public static ModelCalibration of(
      Path savedModel, OpenSetClassifier classifier, WorkListener work) {
    return new ModelCalibration(
        LoadedModel.versionDirectory(savedModel), classifier, work, Clock.systemUTC());
  }

  /**
   * Refuses a version that can have no next one, before its images are scored.
   *
   * @param elsewhere see {@link NextVersion}
   * @throws ModelException if it is no version in a model's directory
   */
  public static void requireNext(Path version, Optional<Path> elsewhere) {
    new NextVersion(version, elsewhere).folder();
  }

  /**
   * Scores the images and finds the thresholds.
   *
   * @throws DataException if there are too few images, or wishes are in conflict
   */
  public Found find(Images images, CalibrationSettings settings) {
    var stored = StoredDecision.of(classifier.description());
    var names = classifier.classNames();
    if (settings.temperature() && !images.known().labelled()) {
      throw new DataException(
          "a temperature needs true classes: put the images into a folder for each class, named "
              + String.join(", ", names));
    }
    if (settings.impostorShare().isPresent() == images.impostors().isEmpty()) {
      throw new DataException("impostors and the share of them to accept go together");
    }
    var files = FileClassifier.of(classifier);
    var known = ScoredImages.of(files, images.known().files(), "scoring images", work);
    var impostors =
        images.impostors().isEmpty()
            ? Optional.<ScoredImages>empty()
            : Optional.of(ScoredImages.of(files, images.impostors(), "scoring impostors", work));
    var scores =
        new FoundCalibration.Scores(
            known.scores(),
            known.predicted(names),
            impostors.map(ScoredImages::scores).orElse(new double[0]));
    var scaling =
        settings.temperature()
            ? Optional.of(scaling(known, images.known(), stored))
            : Optional.<TemperatureScaling>empty();
    var found = FoundCalibration.of(scores, names, stored, settings, scaling);
    return new Found(found, stored, names, known, impostors);
  }

  private TemperatureScaling scaling(
      ScoredImages known, LabelledImages images, StoredDecision stored) {
    try {
      return TemperatureScaling.of(
          new LogitReader(classifier, work).of(known.files()),
          known.labels(images),
          classifier.classNames().size(),
          stored.temperature());
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /**
   * Writes the next version, beside the one that was calibrated.
   *
   * @return its directory
   * @throws ModelException if the model is damaged, or nothing can be written
   */
  public Path write(Found found, CalibrationSettings settings) {
    return write(found, settings, Optional.empty());
  }

  /**
   * Writes the next version.
   *
   * @param elsewhere see {@link NextVersion}
   * @return its directory
   * @throws ModelException if the model is damaged, or nothing can be written
   */
  public Path write(Found found, CalibrationSettings settings, Optional<Path> elsewhere) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("method", "split conformal on known images of the site");
    facts.put("from_version", version.toAbsolutePath().normalize().getFileName().toString());
    facts.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.putAll(CalibrationFacts.of(found, settings, classifier.classNames()));
    var summary = CalibrationFacts.summary(found);
    var calibration = new NewCalibration(found.calibration().rule(), facts, summary);
    return new CalibrationExporter(version, elsewhere).write(calibration);
  }

  /** Files that calibrated nothing, with the reason of each. */
  public static List<String> unusable(Found found) {
    var lines = new ArrayList<String>();
    var all = new ArrayList<>(found.known().unusable());
    found.impostors().ifPresent(impostors -> all.addAll(impostors.unusable()));
    all.forEach(
        answer ->
            lines.add("%s: %s (%s)".formatted(answer.file(), answer.detail(), answer.reason())));
    return lines;
  }

  /** Everything about a calibration, for {@code open_set.json} and for {@code --json}. */
  public Map<String, Object> figures(Found found, CalibrationSettings settings) {
    return CalibrationFacts.all(found, settings, classifier.classNames());
  }
}

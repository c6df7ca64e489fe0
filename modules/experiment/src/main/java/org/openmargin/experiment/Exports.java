package org.openmargin.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.Images;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.exporter.ExportRequest;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.GoldenImages;
import org.openmargin.report.ProvenanceTable;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.csv.PredictionsCsv;
import org.openmargin.serving.ModelException;

/** Exports a run: the SavedModel must answer as predictions.csv says that the trainer did. */
final class Exports {
  /** At most so many images of each kind prove an export. */
  private static final int GOLDEN_IMAGES = 4096;

  /** Of thresholds: other devices and numbers of threads round scores differently. */
  private static final double TOLERANCE = 1e-4;

  private Exports() {}

  /** Where the model goes, refused before anything is computed. */
  static ExportRequest.Target target(ExperimentConfig config, Path base, OptionalLong version) {
    var name = config.getExport().getName();
    var target = new ExportRequest.Target(base, name.isEmpty() ? config.getName() : name, version);
    Exporter.requireFree(target);
    return target;
  }

  static Path write(
      RunFolder files, ExperimentConfig config, TrainedModel trained, ExportRequest.Target target) {
    // The deciding scorer is always there; the others are not exported.
    var judgement = trained.judgement(new ScorerChoice.Listed(List.of()));
    var judged = judged(files, judgement.test());
    requireSameDecision(
        files, Reports.of(config, trained.splits(), trained.checkpoint(), judgement.evaluation()));
    var provenance = ProvenanceTable.of(Provenances.read(files));
    var selected = judgement.evaluation().selected();
    var request =
        new ExportRequest(
            new ExportRequest.Source(
                trained.network(),
                trained.checkpoint().variables(),
                config.getData().getCentreCropPx(),
                provenance),
            new ExportRequest.Decision(
                judged.head(),
                judgement.plan().selectedScorer(),
                selected.calibration(),
                selected.threshold().alpha()),
            target,
            golden(trained, judgement, judged));
    return Exporter.export(request, trained.inference().sessionConfig()).directory();
  }

  /** What the evaluation wrote down, with today's embeddings (the file does not hold them). */
  private static Predictions judged(RunFolder files, Predictions now) {
    if (!Files.exists(files.predictions()) || !files.holdsEvaluation()) {
      throw new RunException(
          files.path() + " was not evaluated yet: run openmargin evaluate " + files.path());
    }
    try {
      var written = PredictionsCsv.read(files.predictions(), now.head());
      if (!written.truth().ids().equals(now.truth().ids())) {
        throw new ModelException(
            files.predictions() + " is of other images; run openmargin evaluate " + files.path());
      }
      return new Predictions(now.head(), written.truth(), written.logits(), now.embeddings());
    } catch (IOException e) {
      throw new ModelException(files.predictions() + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** The exported model is to decide as the evaluation did: by its scorer and its thresholds. */
  private static void requireSameDecision(RunFolder files, EvaluationReport now) {
    var written = EvaluationReport.newBuilder();
    files.read(files.evaluation(), written);
    if (!written.getSelectedScorer().equals(now.getSelectedScorer())) {
      throw differs(files, written.getSelectedScorer(), now.getSelectedScorer());
    }
    var alpha = now.getDecision().getAlpha();
    if (written.getThresholdsList().stream().noneMatch(t -> t.getAlpha() == alpha)) {
      throw new ModelException(
          "%s has no threshold at alpha %s: run openmargin evaluate %s --set export.alpha=%s first"
              .formatted(files.evaluation(), alpha, files.path(), alpha));
    }
    for (var before : written.getThresholdsList()) {
      for (var after : now.getThresholdsList()) {
        var difference = Math.abs(before.getThreshold() - after.getThreshold());
        var same = difference <= TOLERANCE * (1 + Math.abs(after.getThreshold()));
        if (before.getAlpha() == after.getAlpha() && !same) {
          throw differs(files, text(before), text(after));
        }
      }
    }
  }

  private static String text(EvaluationReport.Threshold threshold) {
    return "threshold %s at alpha %s".formatted(threshold.getThreshold(), threshold.getAlpha());
  }

  private static ModelException differs(RunFolder files, String evaluated, String exported) {
    return new ModelException(
        "%s says %s, the exported model would have %s: repeat the evaluation's --set, or evaluate again"
            .formatted(files.evaluation(), evaluated, exported));
  }

  private static GoldenImages golden(TrainedModel trained, Judgement judgement, Predictions judged) {
    var test = trained.splits().test();
    var batches = new ArrayList<List<GoldenImages.Row>>();
    var size = trained.inference().batch();
    batches.addAll(batches(test.known().images(), judged.known(), judgement, size));
    batches.addAll(batches(test.unknown().images(), judged.unknown(), judgement, size));
    return new GoldenImages(batches);
  }

  private static List<List<GoldenImages.Row>> batches(
      Images images, Predictions predictions, Judgement judgement, int size) {
    var pixels = Judgement.pixels(images, GOLDEN_IMAGES);
    var rows = predictions.first(pixels.size());
    return GoldenImages.of(pixels, rows, judgement.decision(), size).batches();
  }
}

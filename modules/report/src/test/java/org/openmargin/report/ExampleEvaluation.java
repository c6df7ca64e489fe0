package org.openmargin.report;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.Provenance;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.csv.PredictionsCsv;
import org.openmargin.scoring.evaluation.EvaluationPlan;
import org.openmargin.scoring.evaluation.OpenSetDecision;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.evaluation.ScoredPredictions;
import org.openmargin.scoring.evaluation.ScorerSelection;
import org.openmargin.scoring.scorer.ScorerType;

/** Files of a made-up run that look like real ones: a cosine head over kinds of blood cells. */
final class ExampleEvaluation {
  private static final double SCALE = 16;
  private static final List<String> UNKNOWN_CLASSES =
      List.of("basophil", "erythroblast", "lymphocyte", "monocyte");
  private static final String METRICS =
      """
      {"kind":"train","step":100,"epoch":1,"loss":3.5,"learning_rate":0.1,"scale":16.0}
      {"kind":"validation","step":180,"epoch":1,"loss":3.25,"accuracy":0.75,"best":true}
      {"kind":"train","step":270,"epoch":2,"loss":2.5,"learning_rate":0.001,"scale":17.0}
      {"kind":"validation","step":360,"epoch":2,"loss":1.5,"accuracy":0.9375,"best":true}
      {"kind":"validation","step":540,"epoch":3,"loss":1.25,"accuracy":0.9874,"best":true}
      """;

  private final Head head;
  private final Random random = new Random(5);

  private ExampleEvaluation(Head head) {
    this.head = head;
  }

  /** Numbers of images. */
  record Sizes(int validation, int known, int unknown) {
    static final Sizes SMALL = new Sizes(60, 40, 30);
  }

  /** Its files in a folder, as a run leaves them. */
  static EvaluatedRun in(Path folder, List<String> classes, String scorerName, Sizes sizes) {
    var head = Head.openCosine(classes, SCALE);
    var example = new ExampleEvaluation(head);
    var validation = example.predictions("val", sizes.validation(), 0);
    var test = example.predictions("test", sizes.known(), sizes.unknown());
    var selection =
        new ScorerSelection(
            scorerName, "the score of the OMCL paper", 0.05, List.of(0.01, 0.1, 0.001));
    var plan = new EvaluationPlan(ScorerType.reported(head), selection);
    var scored = ScoredPredictions.of(test, plan.scorers());
    var evaluation = OpenSetEvaluation.of(plan, validation, scored);
    var decision = new OpenSetDecision(plan.selectedScorer(), evaluation.selected().threshold());
    var files = new ResultFiles(folder);
    try {
      PredictionsCsv.write(files.predictions(), scored, decision);
      Files.writeString(files.evaluation(), json(report(evaluation, classes, sizes)));
      Files.writeString(files.provenance(), json(provenance()));
      Files.writeString(files.metrics(), METRICS);
      Files.writeString(files.experiment(), Experiments.quickstart());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return EvaluatedRun.read(folder);
  }

  static String json(Message message) throws IOException {
    return JsonFormat.printer().print(message);
  }

  private static EvaluationReport report(
      OpenSetEvaluation evaluation, List<String> classes, Sizes sizes) {
    var report =
        ReportedEvaluation.of(evaluation, sizes.unknown() == 0 ? List.of() : UNKNOWN_CLASSES)
            .setExperiment("OMCL on BloodMNIST, trial 1")
            .addAllKnownClasses(classes)
            .setCheckpoint(
                EvaluationReport.Checkpoint.newBuilder()
                    .setStep(540)
                    .setEpoch(3)
                    .setSelection("last epoch")
                    .setValidationAcc(0.9874));
    report.getCountsBuilder().setTrain(5000);
    return report.build();
  }

  private static Provenance provenance() {
    return Provenance.newBuilder()
        .setConfigSha256("3f1c9a07")
        .setDataSha256("7053d035")
        .setSeed(1)
        .setOpenmarginVersion("0.1.0")
        .setTensorflowVersion("2.18.0")
        .setJavaVersion("17")
        .setOs("Linux")
        .setCpu("8086")
        .setCpuCores(2)
        .addDevices("CPU:0")
        .setDevice("CPU")
        .setGitCommit("e7637ad")
        .setGitDirty(false)
        .setStarted("2026-01-01T00:00:00Z")
        .setFinished("2026-01-01T01:00:00Z")
        .build();
  }

  private Predictions predictions(String split, int known, int unknown) {
    var ids = new ArrayList<String>();
    var classNames = new ArrayList<String>();
    var labels = new int[known + unknown];
    var logits = new float[known + unknown][];
    for (int i = 0; i < known + unknown; i++) {
      boolean isKnown = i < known;
      int nearest = random.nextInt(head.knownClasses());
      labels[i] = isKnown ? nearest : Truth.UNKNOWN;
      ids.add(split + "/" + i);
      classNames.add(
          isKnown
              ? head.classNames().get(nearest)
              : UNKNOWN_CLASSES.get(random.nextInt(UNKNOWN_CLASSES.size())));
      logits[i] = row(nearest, isKnown ? 0.92 : 0.62, isKnown ? 0.16 : 0.26);
    }
    return Predictions.withoutEmbeddings(head, new Truth(ids, labels, classNames), logits);
  }

  private float[] row(int nearest, double cosine, double spread) {
    var row = new float[head.columns()];
    for (int j = 0; j < head.knownClasses(); j++) {
      row[j] = (float) (SCALE * (0.02 + 0.19 * random.nextGaussian()));
    }
    double drawn = cosine - Math.abs(spread * random.nextGaussian()) + 0.05 * random.nextGaussian();
    int shown = random.nextInt(40) == 0 ? random.nextInt(head.knownClasses()) : nearest;
    row[shown] = (float) (SCALE * Math.min(1, drawn));
    row[head.knownClasses()] = (float) (SCALE * 0.1);
    return row;
  }
}

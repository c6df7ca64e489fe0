package org.openmargin.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.data.UnknownImages;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.experiment.wiring.Scorers;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.evaluation.EvaluationPlan;
import org.openmargin.scoring.evaluation.OpenSetDecision;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.evaluation.ScoredPredictions;
import org.openmargin.scoring.scorer.TrainedHead;
import org.openmargin.scoring.scorer.TrainingOutputs;
import org.openmargin.trainer.Inference;

/**
 * A trained network's answers to all validation and test images, and what they are worth.
 *
 * @param plan scorers, and which one decides
 * @param validation known validation images: they set thresholds
 * @param scored known test images, then unknown ones, with the scores of all scorers
 * @param evaluation what the answers are worth
 */
record Judgement(
    EvaluationPlan plan,
    Predictions validation,
    ScoredPredictions scored,
    OpenSetEvaluation evaluation) {

  static Judgement of(TrainedModel trained, ScorerChoice choice) {
    var config = trained.config();
    var network = trained.network();
    var splits = trained.splits();
    var inference = trained.inference();
    var known = inference.outputs(splits.test().known().images());
    var unknown = inference.outputs(splits.test().unknown().images());
    var validated = inference.outputs(splits.training().validation().images());
    var scale =
        network.head().isCosine() ? OptionalDouble.of(known.scale()) : OptionalDouble.empty();
    var head = new Head(splits.split().knownNames(), network.head().hasOpenClass(), scale);
    var fitted =
        Scorers.needTraining(config.getScoring(), choice)
            ? fitted(head, splits.training().train(), inference)
            : TrainedHead.of(head);
    var plan = Scorers.plan(config, choice, fitted);
    var validation =
        predictions(head, truth(head, splits.training().validation()), List.of(validated));
    var truth = joined(truth(head, splits.test().known()), truth(splits));
    var test = predictions(head, truth, List.of(known, unknown));
    var scored = ScoredPredictions.of(test, plan.scorers());
    return new Judgement(plan, validation, scored, OpenSetEvaluation.of(plan, validation, scored));
  }

  /** The training images as they are, unaugmented. */
  private static TrainedHead fitted(Head head, KnownImages train, Inference inference) {
    var outputs = List.of(inference.outputs(train.images()));
    var training = new TrainingOutputs(predictions(head, truth(head, train), outputs));
    return TrainedHead.of(training, inference::logits);
  }

  /** Known test images, then unknown ones. */
  Predictions test() {
    return scored.predictions();
  }

  private static Predictions predictions(Head head, Truth truth, List<Inference.Outputs> outputs) {
    var logits =
        outputs.stream().flatMap(o -> java.util.Arrays.stream(o.logits())).toArray(float[][]::new);
    var embeddings =
        outputs.stream()
            .flatMap(o -> java.util.Arrays.stream(o.embeddings()))
            .toArray(float[][]::new);
    return new Predictions(head, truth, logits, embeddings);
  }

  private static Truth truth(Head head, KnownImages known) {
    var names = new ArrayList<String>();
    for (var label : known.labels()) {
      names.add(head.classNames().get(label));
    }
    return new Truth(known.ids(), known.labels(), names);
  }

  private static Truth truth(OpenSetSplits splits) {
    UnknownImages unknown = splits.test().unknown();
    var labels = new int[unknown.count()];
    java.util.Arrays.fill(labels, Truth.UNKNOWN);
    var names = new ArrayList<String>();
    for (var id : unknown.classes()) {
      names.add(splits.split().classNames().get(id));
    }
    return new Truth(unknown.ids(), labels, names);
  }

  private static Truth joined(Truth a, Truth b) {
    var ids = new ArrayList<>(a.ids());
    ids.addAll(b.ids());
    var names = new ArrayList<>(a.classNames());
    names.addAll(b.classNames());
    var labels = java.util.Arrays.copyOf(a.labels(), a.size() + b.size());
    System.arraycopy(b.labels(), 0, labels, a.size(), b.size());
    return new Truth(ids, labels, names);
  }

  /** The decision at {@code export.alpha}. */
  OpenSetDecision decision() {
    return new OpenSetDecision(plan.selectedScorer(), evaluation.selected().threshold());
  }

  /** The pixels of the first images, at most {@code limit}. */
  static List<byte[]> pixels(Images images, int limit) {
    var all = new ArrayList<byte[]>();
    for (var i = 0; i < Math.min(limit, images.count()); i++) {
      var pixels = new byte[images.bytesPerImage()];
      images.copyTo(i, pixels, 0);
      all.add(pixels);
    }
    return all;
  }
}

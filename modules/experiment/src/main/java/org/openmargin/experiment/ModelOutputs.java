package org.openmargin.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.scoring.Head;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.scorer.TrainedHead;
import org.openmargin.scoring.training.TrainingOutputs;
import org.openmargin.trainer.Inference;

/**
 * A trained network's outputs for validation and test images, with the true classes.
 *
 * @param validation known validation images
 * @param test known test images, then unknown ones, if there are any
 */
record ModelOutputs(Head head, Predictions validation, Predictions test) {

  /**
   * @param features whether the scorers need them
   */
  static ModelOutputs of(TrainedModel trained, boolean features) {
    var splits = trained.splits();
    var known = outputs(trained, splits.test().known().images(), features);
    var tested = new ArrayList<>(List.of(known));
    if (splits.test().unknown().count() > 0) {
      tested.add(outputs(trained, splits.test().unknown().images(), features));
    }
    var validation = splits.training().validation();
    var validated = outputs(trained, validation.images(), features);
    var head = head(trained, known.scale());
    var truth = joined(truth(head, splits.test().known()), truth(splits));
    return new ModelOutputs(
        head,
        predictions(head, truth(head, validation), List.of(validated)),
        predictions(head, truth, tested));
  }

  /**
   * Outputs for images that belong to no class.
   *
   * @param features whether the scorer needs them
   */
  static Predictions foreign(TrainedModel trained, Images images, boolean features) {
    var outputs = outputs(trained, images, features);
    var labels = new int[images.count()];
    Arrays.fill(labels, Truth.UNKNOWN);
    var names = Collections.nCopies(labels.length, "foreign");
    var truth = new Truth(names, labels, names);
    return predictions(head(trained, outputs.scale()), truth, List.of(outputs));
  }

  /**
   * Outputs for further images of known classes.
   *
   * @param features whether the scorer needs them
   */
  static Predictions shifted(TrainedModel trained, KnownImages images, boolean features) {
    var outputs = outputs(trained, images.images(), features);
    var head = head(trained, outputs.scale());
    return predictions(head, truth(head, images), List.of(outputs));
  }

  /** With outputs for the training images, unaugmented. */
  TrainedHead trainedHead(TrainedModel trained) {
    var fit = trained.fit(!validation.features().isEmpty());
    var outputs = List.of(fit.outputs());
    var training = new TrainingOutputs(predictions(head, truth(head, fit.images()), outputs));
    return TrainedHead.of(training, trained.inference()::logits).withValidation(validation);
  }

  private static Inference.Outputs outputs(TrainedModel trained, Images images, boolean features) {
    var inference = trained.inference();
    return features ? inference.withFeatures(images) : inference.outputs(images);
  }

  private static Head head(TrainedModel trained, double scale) {
    var loss = trained.network().head();
    return new Head(
        trained.splits().split().knownNames(),
        loss.hasOpenClass(),
        loss.isCosine() ? OptionalDouble.of(scale) : OptionalDouble.empty());
  }

  private static Predictions predictions(Head head, Truth truth, List<Inference.Outputs> outputs) {
    return new Predictions(
        head,
        truth,
        rows(outputs.stream().map(Inference.Outputs::logits)),
        rows(outputs.stream().map(Inference.Outputs::embeddings)),
        features(outputs));
  }

  private static Map<String, float[][]> features(List<Inference.Outputs> outputs) {
    var joined = new LinkedHashMap<String, float[][]>();
    for (var name : outputs.get(0).features().keySet()) {
      joined.put(name, rows(outputs.stream().map(part -> part.features().get(name))));
    }
    return joined;
  }

  private static float[][] rows(Stream<float[][]> parts) {
    return parts.flatMap(Arrays::stream).toArray(float[][]::new);
  }

  private static Truth truth(Head head, KnownImages known) {
    var names = Arrays.stream(known.labels()).mapToObj(head.classNames()::get).toList();
    return new Truth(known.ids(), known.labels(), names, known.groups());
  }

  private static Truth truth(OpenSetSplits splits) {
    var unknown = splits.test().unknown();
    var labels = new int[unknown.count()];
    Arrays.fill(labels, Truth.UNKNOWN);
    var names =
        Arrays.stream(unknown.classes()).mapToObj(splits.split().classNames()::get).toList();
    return new Truth(unknown.ids(), labels, names);
  }

  private static Truth joined(Truth a, Truth b) {
    var ids = new ArrayList<>(a.ids());
    ids.addAll(b.ids());
    var names = new ArrayList<>(a.classNames());
    names.addAll(b.classNames());
    var labels = Arrays.copyOf(a.labels(), a.size() + b.size());
    System.arraycopy(b.labels(), 0, labels, a.size(), b.size());
    return new Truth(ids, labels, names);
  }
}

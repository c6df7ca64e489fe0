package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.openmargin.serving.Answers;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorFlowCall;
import org.openmargin.serving.TensorProtos;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.Identification;
import org.openmargin.serving.gallery.StoredGallery;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;

/**
 * Puts embeddings in the place of the network's, and looks whether {@code identify} answers as the
 * gallery does in Java: each identity's own, some just similar enough and just not, and NaN.
 */
record GalleryProbe(LoadedModel model) {
  private static final int MOST_IDENTITIES = 50;

  /** Of numbers, for each identity that is tried: a gallery may have millions of templates. */
  private static final double MOST_PRODUCTS = 2e9;

  private static final double NEAR = 1e-3;
  private static final double ROUNDING = 1e-4;

  List<Finding> check() {
    if (!StoredGallery.isIn(model.directory())) {
      return List.of();
    }
    try {
      var gallery = StoredGallery.read(model.directory()).gallery();
      var embeddings = embeddings(gallery);
      return List.of(
          Finding.of(
              "identify answers as the gallery, for %d embeddings".formatted(embeddings.size()),
              problems(gallery, embeddings)));
    } catch (ModelException | IllegalArgumentException e) {
      return List.of(new Finding(false, "the gallery: " + e.getMessage()));
    }
  }

  private static List<float[]> embeddings(Gallery gallery) {
    var embeddings = new ArrayList<float[]>();
    var threshold = gallery.threshold().threshold();
    var affordable = (long) (MOST_PRODUCTS / ((double) gallery.templates() * gallery.size()));
    gallery.identities().stream()
        .limit(Math.max(2, Math.min(MOST_IDENTITIES, affordable)))
        .map(identity -> identity.centroid())
        .forEach(
            centroid -> {
              embeddings.add(centroid);
              embeddings.add(turned(centroid, threshold + NEAR));
              embeddings.add(turned(centroid, threshold - NEAR));
            });
    var no = new float[gallery.size()];
    no[0] = Float.NaN;
    embeddings.add(no);
    return embeddings;
  }

  /** A vector of length 1 with this cosine to another, if there is one. */
  private static float[] turned(float[] unit, double cosine) {
    var smallest = 0;
    for (var i = 1; i < unit.length; i++) {
      smallest = Math.abs(unit[i]) < Math.abs(unit[smallest]) ? i : smallest;
    }
    var bounded = Math.max(-1, Math.min(1, cosine));
    var length = Math.sqrt(Math.max(1e-12, 1 - (double) unit[smallest] * unit[smallest]));
    var turned = new float[unit.length];
    for (var i = 0; i < unit.length; i++) {
      var across = ((i == smallest ? 1 : 0) - (double) unit[smallest] * unit[i]) / length;
      turned[i] = (float) (bounded * unit[i] + Math.sqrt(1 - bounded * bounded) * across);
    }
    return turned;
  }

  private List<String> problems(Gallery gallery, List<float[]> embeddings) {
    try (var answers = answers(embeddings)) {
      var problems = new ArrayList<String>();
      for (var row = 0; row < embeddings.size(); row++) {
        var wanted = gallery.identify(embeddings.get(row));
        var near =
            Math.abs(wanted.similarity() - gallery.threshold().threshold()) <= ROUNDING
                || twoAreNearest(gallery, embeddings.get(row), wanted);
        if (!near && !same(answers, row, wanted)) {
          problems.add(
              "identify: an embedding of %s is answered by %s"
                  .formatted(wanted.identity(), answers.strings(ModelContract.IDENTITY).get(row)));
        }
      }
      return problems.stream().distinct().toList();
    }
  }

  /** Of two identities that are as similar, either may be said. */
  private static boolean twoAreNearest(Gallery gallery, float[] embedding, Identification best) {
    if (!best.reason().equals(Identification.OK)) {
      return false;
    }
    return gallery.identities().stream()
            .filter(
                identity ->
                    gallery.rule().similarity(embedding, identity) >= best.similarity() - ROUNDING)
            .limit(2)
            .count()
        > 1;
  }

  private static boolean same(Answers answers, int row, Identification wanted) {
    return answers.strings(ModelContract.IDENTITY).get(row).equals(wanted.identity())
        && answers.booleans(ModelContract.IS_UNKNOWN)[row] == wanted.unknown()
        && answers.strings(ModelContract.BEST_IDENTITY).get(row).equals(wanted.bestIdentity())
        && answers.strings(ModelContract.REASON).get(row).equals(wanted.reason())
        && Math.abs(answers.floats(ModelContract.SIMILARITY)[row] - wanted.similarity())
            <= ROUNDING;
  }

  private Answers answers(List<float[]> embeddings) {
    var signatures = model.meta().getSignatureDefMap();
    var identify = signatures.get(ModelContract.IDENTIFY.name());
    var files = identify.getInputsOrThrow(ModelContract.IMAGE_BYTES).getName();
    var embedding =
        signatures
            .get(ModelContract.SERVING_BYTES.name())
            .getOutputsOrThrow(ModelContract.EMBEDDING)
            .getName();
    var png = Pictures.png();
    try (var images = TensorProtos.strings(Collections.nCopies(embeddings.size(), png));
        var fed = TFloat32.tensorOf(StdArrays.ndCopyOf(embeddings.toArray(float[][]::new)))) {
      var runner = model.bundle().session().runner().feed(files, images).feed(embedding, fed);
      var names = List.copyOf(identify.getOutputsMap().keySet());
      names.forEach(name -> runner.fetch(identify.getOutputsOrThrow(name).getName()));
      return TensorFlowCall.of("identify fails", () -> new Answers(runner.run(), names));
    }
  }
}

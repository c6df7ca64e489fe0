package org.openmargin.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openmargin.experiment.folder.MapFolder;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.map.MapChoice;
import org.openmargin.experiment.map.MapJson;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.map.MapItem;
import org.openmargin.map.MapItem.Answer;
import org.openmargin.map.MapItem.Role;
import org.openmargin.map.Space;
import org.openmargin.map.Tsne;
import org.openmargin.map.picture.MapFiles;

/** Maps the test embeddings of a trained model. */
record Mapping(TrainedModel trained, MapRequest request) {
  /** Exact t-SNE keeps one number per pair: half a gigabyte for this many images. */
  private static final int MOST_IMAGES = 8000;

  EmbeddingMap write(MapFolder folder) {
    var choice = choice();
    var prototypes = prototypes();
    // Checked before the slow work starts.
    var tsne =
        new Tsne(
            perplexity(choice.rows().size() + prototypes.size()),
            request.seed(),
            Tsne.USUAL_ITERATIONS);
    folder.create();
    trained.recipe().work().begin("drawing the map");
    var map = EmbeddingMap.of(items(choice, prototypes), space(), tsne);
    if (!MapFiles.canDrawWords()) {
      notice(
          "tsne.png and pca.png skipped: no fonts installed (install fontconfig, fonts-dejavu-core); the SVG files show the same maps");
    }
    var files =
        new MapFiles(map, choice.images(trained.splits()), trained.recipe().export().experiment());
    folder.write(files, MapJson.of(map, rule(), trained.checkpoint()));
    return map;
  }

  private void notice(String sentence) {
    trained.recipe().notices().accept(sentence);
  }

  private MapChoice.Rule rule() {
    return new MapChoice.Rule(request.perClass(), request.seed());
  }

  private MapChoice choice() {
    var choice = MapChoice.of(trained.splits(), rule());
    if (choice.rows().size() > MOST_IMAGES) {
      throw new RunException(
          "%d images are too many for a map (at most %d): lower MapRequest.perClass from %d to %d"
              .formatted(
                  choice.rows().size(),
                  MOST_IMAGES,
                  request.perClass(),
                  MOST_IMAGES / choice.classes()));
    }
    return choice;
  }

  private double perplexity(int points) {
    var largest = Tsne.largestPerplexity(points);
    if (largest < Tsne.SMALLEST_PERPLEXITY) {
      throw new RunException(
          "a map needs at least 7 points, not %d: raise MapRequest.perClass, or map a larger test set"
              .formatted(points));
    }
    if (request.perplexity().isPresent()) {
      var wanted = request.perplexity().getAsDouble();
      if (!(wanted >= Tsne.SMALLEST_PERPLEXITY && wanted <= largest)) {
        throw new RunException(
            "MapRequest.perplexity %s: with %d points it must be from %s to %s"
                .formatted(wanted, points, Tsne.SMALLEST_PERPLEXITY, largest));
      }
      return wanted;
    }
    if (largest < Tsne.USUAL_PERPLEXITY) {
      notice(
          "using perplexity %s (default %s): only %d points"
              .formatted(largest, Tsne.USUAL_PERPLEXITY, points));
    }
    return Math.min(largest, Tsne.USUAL_PERPLEXITY);
  }

  private Space headSpace() {
    return trained.network().head().isCosine() ? Space.NORMALIZED : Space.EMBEDDING;
  }

  private Space space() {
    return request.space().orElse(headSpace());
  }

  private List<MapItem> prototypes() {
    var vectors = trained.inference().prototypes().map(List::of).orElse(List.of());
    // A cosine head's prototypes are directions, meaningless among embeddings of any length.
    if (!vectors.isEmpty() && space() != headSpace()) {
      notice(
          "prototypes skipped: they belong to the other space (MapRequest.space %s)"
              .formatted(headSpace()));
      return List.of();
    }
    var names = trained.splits().split().knownNames();
    var items = new ArrayList<MapItem>();
    for (var i = 0; i < vectors.size(); i++) {
      items.add(MapItem.prototype(names.get(i), vectors.get(i)));
    }
    return items;
  }

  private List<MapItem> items(MapChoice choice, List<MapItem> prototypes) {
    var evaluation = trained.evaluate(new ScorerChoice.OfExperiment());
    var test = evaluation.test();
    var scores = evaluation.plan().selectedScorer().unknownScores(test);
    var items = new ArrayList<MapItem>();
    for (var row : choice.rows()) {
      var prediction = test.head().classNames().get(test.predictedClass(row));
      items.add(
          new MapItem(
              test.truth().ids().get(row),
              test.truth().classNames().get(row),
              test.truth().isKnown(row) ? Role.KNOWN : Role.UNKNOWN,
              Optional.of(new Answer(prediction, scores[row])),
              test.embeddings()[row]));
    }
    items.addAll(prototypes);
    return items;
  }
}

package org.openmargin.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.config.Experiments;
import org.openmargin.config.PathFields;
import org.openmargin.data.Images;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.experiment.wiring.Recipe;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.exporter.ExportRequest;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.GoldenImages;
import org.openmargin.report.ProvenanceTable;
import org.openmargin.report.card.ModelCard;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.training.SimilarityEmbedding;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/**
 * Exports a run. The chain of proof: the {@link WrittenEvaluation} must equal a fresh evaluation of
 * the checkpoint, whose answers and embeddings the exporter then compares with the SavedModel's.
 *
 * @param evaluation the fresh one
 */
record Export(RunFolder files, Evaluation evaluation) {
  /** Most images of each kind that prove an export; none of them is stored. */
  private static final int GOLDEN_IMAGES = 4096;

  static Export of(RunFolder files, TrainedModel trained) {
    // The deciding scorer is always included; no other is exported.
    return new Export(files, trained.evaluate(new ScorerChoice.Listed(List.of())));
  }

  /**
   * Where the model goes; checked before anything is computed.
   *
   * @throws RunException if the wanted version cannot be had
   */
  static ExportRequest.Target target(Recipe.Export settings, ModelRequest request) {
    try {
      var target = new ExportRequest.Target(request.base(), settings.model(), request.version());
      Exporter.requireFree(target);
      return target;
    } catch (ModelException e) {
      throw request.version().isPresent() ? new RunException(e.getMessage(), e) : e;
    }
  }

  Path write(ExportRequest.Target target, ModelRequest wanted) {
    new WrittenEvaluation(files).requireSame(evaluation);
    var trained = evaluation.trained();
    var decision = ExportedDecision.of(evaluation, wanted.decision());
    var similarity =
        trained.recipe().scoring().similarity().map(settings -> settings.fit(evaluation.head()));
    var request =
        new ExportRequest(
            new ExportRequest.Source(
                trained.network(),
                trained.checkpoint().variables(),
                trained.recipe().export().centreCropPx(),
                provenance(),
                RunProvenance.read(files).trainingImages(),
                trained.recipe().export().levels(),
                similarity),
            decision.decision(),
            target,
            golden(decision.decision(), similarity),
            wanted.contents(card() + decision.card(), decision.facts(), origin()));
    trained.recipe().work().begin("writing the SavedModel and checking its answers");
    return Exporter.export(request, trained.inference().sessionConfig()).directory();
  }

  private String card() {
    return new ModelCard(evaluation.report(), provenance()).text();
  }

  private Map<String, String> provenance() {
    var facts = new LinkedHashMap<>(ProvenanceTable.of(RunProvenance.read(files).message()));
    evaluation.trained().unfinished(files).ifPresent(reason -> facts.put("unfinished", reason));
    return facts;
  }

  /**
   * What it takes to train the same weights again. Models are given away: no path, no command line,
   * no name of an image, and no experiment whose own data source may hold such things.
   */
  private Map<String, String> origin() {
    var provenance = RunProvenance.read(files).message().toBuilder().clearCommand();
    var origin = new LinkedHashMap<String, String>();
    origin.put(ModelContract.PROVENANCE_FILE, JsonMessage.text(provenance));
    origin.put(ModelContract.EVALUATION_FILE, JsonMessage.text(evaluation.report()));
    var trained = PathFields.removed(TrainedSettings.read(files)).toBuilder();
    if (!trained.getData().hasCustom()) {
      trained.getDataBuilder().clearAcknowledgedLeaks();
      origin.put(ModelContract.EXPERIMENT_FILE, Experiments.print(trained.build()));
    }
    return origin;
  }

  private GoldenImages golden(
      ExportRequest.Decision decision, Optional<SimilarityEmbedding> similarity) {
    var images = evaluation.trained().splits().test();
    var test = evaluation.test();
    var batches = new ArrayList<List<GoldenImages.Row>>();
    batches.addAll(batches(images.known().images(), test.known(), decision, similarity));
    if (images.unknown().count() > 0) {
      batches.addAll(batches(images.unknown().images(), test.unknown(), decision, similarity));
    }
    return new GoldenImages(batches);
  }

  private List<List<GoldenImages.Row>> batches(
      Images images,
      Predictions predictions,
      ExportRequest.Decision decision,
      Optional<SimilarityEmbedding> similarity) {
    var pixels = new ArrayList<byte[]>();
    for (var i = 0; i < Math.min(GOLDEN_IMAGES, images.count()); i++) {
      var image = new byte[images.bytesPerImage()];
      images.copyTo(i, image, 0);
      pixels.add(image);
    }
    var some = predictions.first(pixels.size());
    var embeddings = similarity.map(s -> s.of(some)).orElse(some.embeddings());
    var size = evaluation.trained().inference().batch();
    return GoldenImages.of(pixels, some, decision, embeddings, size).batches();
  }
}

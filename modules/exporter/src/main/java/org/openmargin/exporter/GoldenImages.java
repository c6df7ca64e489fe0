package org.openmargin.exporter;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.exporter.ExportRequest.Decision;
import org.openmargin.scoring.Predictions;
import org.openmargin.serving.ModelException;

/**
 * The trainer's evaluation of some images, in the same batches, because the last bits of a matrix
 * product may depend on the batch size.
 *
 * @param batches at least one, none of them empty
 */
public record GoldenImages(List<List<Row>> batches) {

  /**
   * @param pixels [height, width, channels] row-major, uint8, of the network's input size
   */
  @SuppressWarnings("ArrayRecordComponent") // large, read-only by contract, never compared
  public record Row(byte[] pixels, float[] logits, float[] embedding, Verdict verdict) {}

  /**
   * @param predictedClass index of the best known class
   * @param unknownScore of the exported scorer
   * @param unknown whether the image is rejected
   * @param unusual whether the guard calls it unusual; false without a guard
   */
  public record Verdict(
      int predictedClass, double unknownScore, boolean unknown, boolean unusual) {}

  public GoldenImages {
    batches = batches.stream().map(List::copyOf).toList();
    if (batches.isEmpty() || batches.stream().anyMatch(List::isEmpty)) {
      throw new ModelException(
          "an export needs golden images to verify the model; there are none, or a batch is empty");
    }
  }

  /** With the network's embeddings. */
  public static GoldenImages of(
      List<byte[]> images, Predictions predictions, Decision decision, int batchSize) {
    return of(images, predictions, decision, predictions.embeddings(), batchSize);
  }

  /**
   * The rows of an evaluation.
   *
   * @param images pixels of each row of the predictions
   * @param predictions with embeddings
   * @param embeddings that the model gives
   * @param batchSize batch size of the evaluation; the last batch may be smaller
   */
  public static GoldenImages of(
      List<byte[]> images,
      Predictions predictions,
      Decision decision,
      float[][] embeddings,
      int batchSize) {
    if (images.size() != predictions.size() || predictions.embeddings().length != images.size()) {
      throw new ModelException(
          "golden images: %d images, %d rows of logits, %d of embeddings; the numbers must be equal"
              .formatted(images.size(), predictions.size(), predictions.embeddings().length));
    }
    var scores = decision.scorer().unknownScores(predictions);
    var unusual =
        decision
            .guard()
            .map(guard -> guard.unusual(predictions))
            .orElseGet(() -> new boolean[images.size()]);
    var batches = new ArrayList<List<Row>>();
    for (var start = 0; start < images.size(); start += batchSize) {
      var batch = new ArrayList<Row>();
      for (var row = start; row < Math.min(images.size(), start + batchSize); row++) {
        var predicted = predictions.predictedClass(row);
        var rejected = !decision.rule().accepts(scores[row], predicted);
        var verdict = new Verdict(predicted, scores[row], rejected, unusual[row]);
        batch.add(new Row(images.get(row), predictions.logits()[row], embeddings[row], verdict));
      }
      batches.add(batch);
    }
    return new GoldenImages(batches);
  }

  /** The images of all batches. */
  List<byte[]> images() {
    return batches.stream().flatMap(List::stream).map(Row::pixels).toList();
  }

  public int size() {
    return batches.stream().mapToInt(List::size).sum();
  }
}

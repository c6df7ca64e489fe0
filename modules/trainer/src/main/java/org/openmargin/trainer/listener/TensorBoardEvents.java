package org.openmargin.trainer.listener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.trainer.Inspection;
import org.openmargin.trainer.RunListener;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * Writes an event file for TensorBoard: loss, learning rate, scale, mean cosine between prototypes
 * and images per second while training, accuracy and loss on known validation images, and
 * histograms of their cosines or logits and of the weights.
 */
public final class TensorBoardEvents implements RunListener {
  private final EventFile file;
  private final boolean histograms;

  /**
   * Opens a new event file in {@code folder}, which is created if missing.
   *
   * @param histograms whether to write them
   */
  public TensorBoardEvents(Path folder, boolean histograms) {
    this.file = new EventFile(folder);
    this.histograms = histograms;
  }

  /**
   * Shows a text under TEXT.
   *
   * @param markdown indent lines by four blanks to keep them as they are
   */
  public void text(String tag, String markdown) {
    file.write(EventFile.event(0, List.of(SummaryValues.text(tag, markdown))));
  }

  /** Shows images under IMAGES. */
  public void images(long step, Map<String, Pictures> byTag) {
    var values = new ArrayList<Summary.Value>();
    byTag.forEach((tag, pictures) -> values.add(SummaryValues.images(tag, pictures)));
    file.write(EventFile.event(step, values));
  }

  @Override
  public void started(Start start) {
    // Makes TensorBoard drop what an earlier process wrote about this step and later ones.
    file.write(
        EventFile.event(start.stepsDone() + 1)
            .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
  }

  @Override
  public void progressed(Progress p) {
    var values = new HashMap<String, Double>();
    values.put("train/loss", p.loss());
    values.put("train/learning_rate", p.learningRate());
    values.put("train/scale", p.head().scale());
    values.put("train/images_per_second", p.speed().imagesPerSecond());
    var cosine = p.head().prototypeCosine();
    cosine.ifPresent(value -> values.put("train/prototype_cosine", value));
    file.write(EventFile.scalars(p.at().step(), values));
  }

  @Override
  public void measured(Validation v) {
    var values = Map.of("validation/accuracy", v.accuracy(), "validation/loss", v.loss());
    file.write(EventFile.scalars(v.at().step(), values));
  }

  @Override
  public void inspected(Position at, Inspection network) {
    if (!histograms) {
      return;
    }
    var values = new ArrayList<Summary.Value>();
    network
        .similarities()
        .forEach((name, each) -> values.add(histogram("validation/" + name, each)));
    network.forEachWeight((name, each) -> values.add(histogram("weights/" + name, each)));
    file.write(EventFile.event(at.step(), values));
  }

  private static Summary.Value histogram(String tag, float[] values) {
    return SummaryValues.histogram(tag, Histogram.of(values));
  }

  @Override
  public void close() {
    file.close();
  }
}

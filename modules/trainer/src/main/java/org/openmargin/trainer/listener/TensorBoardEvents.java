package org.openmargin.trainer.listener;

import com.google.protobuf.ByteString;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.openmargin.files.AtomicFile;
import org.openmargin.files.TfRecords;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.TrainingException;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Writes an event file for TensorBoard: loss, learning rate, scale, mean cosine between prototypes
 * and images per second while training, accuracy and loss on known validation images.
 */
public final class TensorBoardEvents implements RunListener {
  private static final String VERSION = "brain.Event:2";

  private final Path folder;
  private final OutputStream out;

  /** Opens a new event file in {@code folder}, which is created if missing. */
  public TensorBoardEvents(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      var name =
          "events.out.tfevents.%010d.%d.openmargin"
              .formatted(System.currentTimeMillis() / 1000, ProcessHandle.current().pid());
      out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)));
    } catch (IOException e) {
      throw unwritable(e);
    }
    write(event(0).setFileVersion(VERSION));
  }

  /**
   * Shows a text under TEXT.
   *
   * @param markdown indent lines by four blanks to keep them as they are
   */
  public void text(String tag, String markdown) {
    var tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(
                TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
            .addStringVal(ByteString.copyFromUtf8(markdown));
    var plugin =
        SummaryMetadata.newBuilder()
            .setPluginData(SummaryMetadata.PluginData.newBuilder().setPluginName("text"));
    var summary = Summary.newBuilder();
    summary.addValueBuilder().setTag(tag).setMetadata(plugin).setTensor(tensor);
    write(event(0).setSummary(summary));
  }

  /**
   * Writes a file of its own with some numbers of one step, in place of an earlier one.
   *
   * @param name of the file, distinct from those of trainings
   */
  public static void write(Path folder, String name, long step, Map<String, Double> values)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    TfRecords.write(bytes, event(0).setFileVersion(VERSION).build().toByteArray());
    TfRecords.write(bytes, event(step).setSummary(summary(values)).build().toByteArray());
    Files.createDirectories(folder);
    AtomicFile.write(
        folder.resolve("events.out.tfevents.%s.openmargin".formatted(name)),
        out -> out.write(bytes.toByteArray()));
  }

  @Override
  public void started(Start start) {
    // Makes TensorBoard drop what an earlier process wrote about this step and later ones.
    write(
        event(start.stepsDone() + 1)
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
    scalars(p.at().step(), values);
  }

  @Override
  public void measured(Validation v) {
    scalars(
        v.at().step(), Map.of("validation/accuracy", v.accuracy(), "validation/loss", v.loss()));
  }

  private void scalars(long step, Map<String, Double> values) {
    write(event(step).setSummary(summary(values)));
  }

  private static Summary summary(Map<String, Double> values) {
    var summary = Summary.newBuilder();
    values.forEach(
        (tag, value) -> summary.addValueBuilder().setTag(tag).setSimpleValue(value.floatValue()));
    return summary.build();
  }

  private static Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(System.currentTimeMillis() / 1e3).setStep(step);
  }

  private void write(Event.Builder event) {
    try {
      TfRecords.write(out, event.build().toByteArray());
      out.flush();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private TrainingException unwritable(IOException e) {
    return new TrainingException(
        "cannot write TensorBoard events to " + folder + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }
}

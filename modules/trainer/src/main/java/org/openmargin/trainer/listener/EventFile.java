package org.openmargin.trainer.listener;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openmargin.files.AtomicFile;
import org.openmargin.files.TfRecords;
import org.openmargin.trainer.TrainingException;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * A file of events for TensorBoard. TensorBoard reads the files of a folder in the order of their
 * names, and may not return to one once it has read the next.
 */
public final class EventFile implements AutoCloseable {
  private static final String NAME = "events.out.tfevents.%s.openmargin";
  private static final String VERSION = "brain.Event:2";

  private final Path folder;
  private final OutputStream out;

  /** Opens a new one in {@code folder}, which is created if missing. */
  EventFile(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      var seconds = System.currentTimeMillis() / 1000;
      var name = NAME.formatted("%010d.%d".formatted(seconds, ProcessHandle.current().pid()));
      out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)));
    } catch (IOException e) {
      throw unwritable(e);
    }
    write(version());
  }

  /**
   * Writes a file of its own with some numbers of one step, in place of an earlier one.
   *
   * @param name of the file, distinct from those of trainings
   */
  public static void write(Path folder, String name, long step, Map<String, Double> values)
      throws IOException {
    write(folder, name, List.of(scalars(step, values)));
  }

  /** Writes a file of its own, in place of an earlier one. */
  static void write(Path folder, String name, List<Event.Builder> events) throws IOException {
    var bytes = new ByteArrayOutputStream();
    TfRecords.write(bytes, version().build().toByteArray());
    for (var event : events) {
      TfRecords.write(bytes, event.build().toByteArray());
    }
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve(NAME.formatted(name)), out -> out.write(bytes.toByteArray()));
  }

  void write(Event.Builder event) {
    try {
      TfRecords.write(out, event.build().toByteArray());
      out.flush();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  static Event.Builder scalars(long step, Map<String, Double> values) {
    return event(
        step,
        values.entrySet().stream()
            .map(entry -> SummaryValues.scalar(entry.getKey(), entry.getValue()))
            .toList());
  }

  static Event.Builder event(long step, List<Summary.Value> values) {
    return event(step).setSummary(Summary.newBuilder().addAllValue(values));
  }

  static Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(System.currentTimeMillis() / 1e3).setStep(step);
  }

  private static Event.Builder version() {
    return event(0).setFileVersion(VERSION);
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

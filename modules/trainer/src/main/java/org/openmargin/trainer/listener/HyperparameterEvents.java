package org.openmargin.trainer.listener;

import com.google.protobuf.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openmargin.trainer.proto.DataType;
import org.openmargin.trainer.proto.DatasetType;
import org.openmargin.trainer.proto.Experiment;
import org.openmargin.trainer.proto.HParamsPluginData;
import org.openmargin.trainer.proto.MetricInfo;
import org.openmargin.trainer.proto.MetricName;
import org.openmargin.trainer.proto.SessionEndInfo;
import org.openmargin.trainer.proto.SessionStartInfo;
import org.openmargin.trainer.proto.Status;
import org.tensorflow.proto.Event;

/**
 * A run's settings for TensorBoard's table HPARAMS, which puts runs beside each other.
 *
 * @param name of the experiment
 * @param values numbers, texts and truth values by name, in the order of the table's columns
 * @param metrics tags of the scalars that the table shows
 * @param beganSeconds time of the training's start, seconds since 1970
 */
public record HyperparameterEvents(
    String name, Map<String, Value> values, List<String> metrics, double beganSeconds) {
  /** Sorts before the files of trainings. */
  private static final String FILE = "0000000000.hparams";

  public HyperparameterEvents {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    metrics = List.copyOf(metrics);
  }

  /**
   * Writes a file in {@code folder}, in place of an earlier one.
   *
   * @param success how training ended; empty while it runs
   */
  public void write(Path folder, Optional<Boolean> success) throws IOException {
    var start = SessionStartInfo.newBuilder().putAllHparams(values).setStartTimeSecs(beganSeconds);
    var events = new ArrayList<Event.Builder>();
    events.add(
        event("experiment", HParamsPluginData.newBuilder().setExperiment(experiment()).build()));
    events.add(
        event(
            "session_start_info",
            HParamsPluginData.newBuilder().setSessionStartInfo(start).build()));
    success.ifPresent(how -> events.add(ended(how)));
    EventFile.write(folder, FILE, events);
  }

  private static Event.Builder ended(boolean success) {
    var end =
        SessionEndInfo.newBuilder()
            .setStatus(success ? Status.STATUS_SUCCESS : Status.STATUS_FAILURE)
            .setEndTimeSecs(System.currentTimeMillis() / 1e3);
    return event("session_end_info", HParamsPluginData.newBuilder().setSessionEndInfo(end).build());
  }

  private static Event.Builder event(String tag, HParamsPluginData data) {
    var value = SummaryValues.hparams("_hparams_/" + tag, data);
    return EventFile.event(0, List.of(value));
  }

  private Experiment experiment() {
    var experiment = Experiment.newBuilder().setName(name).setTimeCreatedSecs(beganSeconds);
    values.forEach(
        (key, value) -> experiment.addHparamInfosBuilder().setName(key).setType(type(value)));
    metrics.forEach(tag -> experiment.addMetricInfos(metric(tag)));
    return experiment.build();
  }

  private static DataType type(Value value) {
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> DataType.DATA_TYPE_FLOAT64;
      case BOOL_VALUE -> DataType.DATA_TYPE_BOOL;
      default -> DataType.DATA_TYPE_STRING;
    };
  }

  private static MetricInfo metric(String tag) {
    return MetricInfo.newBuilder()
        .setName(MetricName.newBuilder().setTag(tag))
        .setDatasetType(DatasetType.DATASET_VALIDATION)
        .build();
  }
}

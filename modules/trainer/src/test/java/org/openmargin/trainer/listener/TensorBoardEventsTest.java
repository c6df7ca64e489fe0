package org.openmargin.trainer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.TrainingData;
import org.openmargin.nn.Variable;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.trainer.Fixtures;
import org.openmargin.trainer.Inference;
import org.openmargin.trainer.RunListener.Head;
import org.openmargin.trainer.RunListener.Position;
import org.openmargin.trainer.RunListener.Progress;
import org.openmargin.trainer.RunListener.Speed;
import org.openmargin.trainer.RunListener.Start;
import org.openmargin.trainer.RunListener.Validation;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.proto.DataType;
import org.openmargin.trainer.proto.HParamsPluginData;
import org.openmargin.trainer.proto.Status;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** What is in the event files, read back. */
class TensorBoardEventsTest {
  private static final Head HEAD = new Head(16.25, OptionalDouble.of(0.125));

  @TempDir Path folder;

  @Test
  void scalarsAndTheStartOfASession() throws IOException {
    try (var events = new TensorBoardEvents(folder, true)) {
      events.started(new Start(2, 100, 50, 10));
      events.progressed(
          new Progress(new Position(60, 100, 1, 2), 0.5, 1e-3, HEAD, new Speed(321.04, 75, 0.25)));
      events.measured(new Validation(new Position(100, 100, 1, 2), 0.75, 0.625, 0.875, HEAD, true));
    }
    var read = events();
    assertThat(read.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(read.get(1).getSessionLog().getStatusValue()).isEqualTo(1);
    // TensorBoard drops this step and later ones of an earlier file; step 50 is the checkpoint's.
    assertThat(read.get(1).getStep()).isEqualTo(51);
    assertThat(read.get(2).getSummary().getValueList())
        .extracting(value -> value.getTag() + "=" + value.getSimpleValue())
        .containsExactlyInAnyOrder(
            "train/loss=0.5",
            "train/learning_rate=0.001",
            "train/scale=16.25",
            "train/prototype_cosine=0.125",
            "train/images_per_second=321.04");
    assertThat(read.get(3).getStep()).isEqualTo(100);
    assertThat(read.get(3).getSummary().getValueList())
        .extracting(value -> value.getTag() + "=" + value.getSimpleValue())
        .containsExactlyInAnyOrder("validation/accuracy=0.875", "validation/loss=0.625");
  }

  @Test
  void aText() throws IOException {
    try (var events = new TensorBoardEvents(folder, true)) {
      events.text("experiment", "    name: \"a\"");
    }
    var value = events().get(1).getSummary().getValue(0);
    assertThat(value.getTag()).isEqualTo("experiment");
    assertThat(value.getMetadata().getPluginData().getPluginName()).isEqualTo("text");
    assertThat(value.getTensor().getStringVal(0).toStringUtf8()).isEqualTo("    name: \"a\"");
  }

  @Test
  void resultsTakeThePlaceOfEarlierOnes() throws IOException {
    for (var auroc : List.of(0.5, 0.75)) {
      EventFile.write(folder, "evaluation", 70, Map.of("test/auroc", auroc));
    }
    var read = events();
    assertThat(read.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(read.get(1).getStep()).isEqualTo(70);
    assertThat(read.get(1).getSummary().getValue(0).getSimpleValue()).isEqualTo(0.75f);
  }

  @Test
  void aTrainingWritesHistogramsOfItsCosinesAndWeights() throws IOException {
    var data = Fixtures.cells();
    try (var events = new TensorBoardEvents(folder, true)) {
      Fixtures.trainer(2, 1e-3).train(data, folder.resolve("checkpoints"), false, List.of(events));
    }
    var histograms = histograms();
    var validation = data.validation().count();
    var classes = data.classNames().size();
    var trained =
        Inference.variables(Fixtures.tinyNetwork()).stream()
            .filter(variable -> variable.role() instanceof Variable.Trained)
            .toList();
    assertThat(histograms).hasSize(trained.size() + 2);
    for (var variable : trained) {
      assertThat(counted(histograms.get("weights/" + variable.name()))).isEqualTo(variable.size());
    }
    assertThat(counted(histograms.get("validation/cosine_to_own_class"))).isEqualTo(validation);
    assertThat(counted(histograms.get("validation/cosine_to_other_classes")))
        .isEqualTo((long) validation * (classes - 1));
    for (var edge : edges(histograms.get("validation/cosine_to_other_classes"))) {
      assertThat(edge).isBetween(-1.0001, 1.0001);
    }
  }

  @Test
  void withoutHistogramsThereAreNone() throws IOException {
    try (var events = new TensorBoardEvents(folder, false)) {
      Fixtures.trainer(1, 1e-3)
          .train(Fixtures.cells(), folder.resolve("checkpoints"), false, List.of(events));
    }
    assertThat(histograms()).isEmpty();
  }

  @Test
  void imagesAreThoseThatTheGraphAugments() throws IOException {
    var settings = Fixtures.trainer(1, 1e-3).settings();
    var plain =
        new TrainSettings(
            1,
            2,
            0,
            new TrainSettings.StepSettings(
                settings.step().optimizer(),
                settings.step().rate(),
                0,
                Augmentation.NONE,
                settings.step().precision()),
            settings.keeping());
    var pixels = new byte[] {0, 127, (byte) 128, (byte) 255, 1, 2, 3, 4, 9, 9, 9, 9};
    var known =
        new KnownImages(Images.of(2, 2, 1, pixels), new int[] {1, 0, 1}, List.of("a", "b", "c"));
    var pictures =
        new AugmentedImages(plain, 5).of(new TrainingData(List.of("x", "y"), known, known));
    assertThat(pictures.keySet()).containsExactly("augmented/x", "augmented/y");
    assertThat(pictures.get("augmented/x").png()).hasSize(1);
    assertThat(pictures.get("augmented/y").png()).hasSize(2);
    try (var events = new TensorBoardEvents(folder, true)) {
      events.images(0, pictures);
    }
    var value = events().get(1).getSummary().getValue(1);
    assertThat(value.getMetadata().getPluginData().getPluginName()).isEqualTo("images");
    var strings = value.getTensor().getStringValList();
    assertThat(strings.get(0).toStringUtf8()).isEqualTo("2");
    assertThat(strings.get(1).toStringUtf8()).isEqualTo("2");
    var read = ImageIO.read(new ByteArrayInputStream(strings.get(2).toByteArray())).getRaster();
    var samples = read.getSamples(0, 0, 2, 2, 0, (int[]) null);
    assertThat(samples).containsExactly(0, 127, 128, 255);
  }

  @Test
  void settingsAreHyperparameters() throws IOException {
    var values =
        Map.of(
            "loss", Value.newBuilder().setStringValue("omcl").build(),
            "training.epochs", Value.newBuilder().setNumberValue(20).build(),
            "training.augment", Value.newBuilder().setBoolValue(true).build());
    var settings = new HyperparameterEvents("mine", values, List.of("test/auroc"), 1e9);
    settings.write(folder, Optional.empty());
    assertThat(hparams()).containsOnlyKeys("_hparams_/experiment", "_hparams_/session_start_info");
    settings.write(folder, Optional.of(false));
    assertThat(hparams().get("_hparams_/session_end_info").getSessionEndInfo().getStatus())
        .isEqualTo(Status.STATUS_FAILURE);
    settings.write(folder, Optional.of(true));
    var read = hparams();
    assertThat(read.get("_hparams_/session_end_info").getSessionEndInfo().getStatus())
        .isEqualTo(Status.STATUS_SUCCESS);
    var start = read.get("_hparams_/session_start_info").getSessionStartInfo();
    assertThat(start.getHparamsMap()).isEqualTo(values);
    assertThat(start.getStartTimeSecs()).isEqualTo(1e9);
    var experiment = read.get("_hparams_/experiment").getExperiment();
    assertThat(experiment.getHparamInfosList())
        .extracting(info -> info.getName() + " " + info.getType())
        .containsExactlyInAnyOrder(
            "loss " + DataType.DATA_TYPE_STRING,
            "training.augment " + DataType.DATA_TYPE_BOOL,
            "training.epochs " + DataType.DATA_TYPE_FLOAT64);
    assertThat(experiment.getMetricInfos(0).getName().getTag()).isEqualTo("test/auroc");
  }

  private Map<String, HParamsPluginData> hparams() throws IOException {
    var read = new HashMap<String, HParamsPluginData>();
    for (var event : events()) {
      for (var value : event.getSummary().getValueList()) {
        var plugin = value.getMetadata().getPluginData();
        assertThat(plugin.getPluginName()).isEqualTo("hparams");
        read.put(value.getTag(), HParamsPluginData.parseFrom(plugin.getContent()));
      }
    }
    return read;
  }

  private Map<String, Summary.Value> histograms() throws IOException {
    var read = new HashMap<String, Summary.Value>();
    for (var event : events()) {
      for (var value : event.getSummary().getValueList()) {
        if (value.getMetadata().getPluginData().getPluginName().equals("histograms")) {
          read.put(value.getTag(), value);
        }
      }
    }
    return read;
  }

  private static long counted(Summary.Value histogram) {
    var values = histogram.getTensor().getDoubleValList();
    var sum = 0.0;
    for (var i = 2; i < values.size(); i += 3) {
      sum += values.get(i);
    }
    return Math.round(sum);
  }

  private static List<Double> edges(Summary.Value histogram) {
    var values = histogram.getTensor().getDoubleValList();
    var edges = new ArrayList<Double>();
    for (var i = 0; i < values.size(); i += 3) {
      edges.add(values.get(i));
      edges.add(values.get(i + 1));
    }
    return edges;
  }

  private List<Event> events() throws IOException {
    Path file;
    try (var files = Files.list(folder)) {
      file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    var events = new ArrayList<Event>();
    while (bytes.hasRemaining()) {
      var payload = new byte[(int) bytes.getLong()];
      bytes.getInt();
      bytes.get(payload);
      bytes.getInt();
      events.add(Event.parseFrom(payload));
    }
    return events;
  }
}

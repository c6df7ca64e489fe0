package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.v1.ResNetConfig;
import org.openmargin.config.v1.TrainingConfig;

class ShippedExperimentsTest {
  private static final Path FOLDER = Path.of("../../proto/experiments");

  static Stream<Path> shipped() throws IOException {
    try (var files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".textproto"))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** All that a user has to add: where images and models are. */
  private static List<String> place(Path file) throws IOException {
    var text = Files.readString(file);
    if (text.contains("npz {")) {
      return List.of("data.npz.path=some.npz");
    }
    if (text.contains("saved_model {")) {
      return List.of("data.folder.path=images", "model.saved_model.path=vit");
    }
    if (text.contains("manifest {")) {
      return List.of("data.manifest.path=images.csv");
    }
    return text.contains("folder {") ? List.of("data.folder.path=images") : List.of();
  }

  @Test
  void thereAreThirteen() throws IOException {
    assertThat(shipped()).hasSize(14);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void parsesValidatesAndSurvivesPrinting(Path file) throws IOException {
    var experiment = Experiments.read(file, place(file));

    assertThat(Experiments.parse(Experiments.print(experiment), "printed", List.of()))
        .isEqualTo(experiment);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void saysHowToRunItAndWhatItGave(Path file) throws IOException {
    assertThat(Files.readString(file))
        .startsWith("# proto-file: openmargin/v1/experiment.proto\n")
        .contains("#   tools/openmargin ", "# Result: ");
  }

  @Test
  void bloodCellsAskForTheirArchive() {
    var file = FOLDER.resolve("bloodmnist/omcl-cpu.textproto");
    assertThatThrownBy(() -> Experiments.read(file, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "data.npz.path: give the archive, for example --set data.npz.path=bloodmnist.npz");
  }

  @Test
  void theRunOnACpuIsTheOneThatWasAgreedOn() {
    var experiment =
        Experiments.read(
            FOLDER.resolve("bloodmnist/omcl-cpu.textproto"),
            List.of("data.npz.path=bloodmnist.npz"));

    var training = experiment.getTraining();
    assertThat(training.getEpochs()).isEqualTo(20);
    assertThat(training.getBatchSize()).isEqualTo(64);
    assertThat(training.getAdam().getLearningRate()).isEqualTo(1e-3);
    assertThat(training.getMultistep().getAtFractionsList()).containsExactly(0.5, 0.75);
    assertThat(training.getAugmentation().getCropPaddingPx()).isEqualTo(4);
    assertThat(training.getSelection()).isEqualTo(TrainingConfig.Selection.LAST_EPOCH);
    var loss = experiment.getLoss().getOmcl();
    assertThat(loss.getTargetMargin()).isEqualTo(-0.1);
    assertThat(loss.getOtherMargin()).isZero();
    assertThat(loss.getInitialScale()).isEqualTo(16);
    assertThat(experiment.getModel().getResnet().getStem()).isEqualTo(ResNetConfig.Stem.POOLED_7X7);
    assertThat(experiment.getData().getKnownClassesList()).containsExactlyInAnyOrder(6, 1, 3, 7);
    assertThat(experiment.getData().getCentreCropPx()).isEqualTo(200);
  }

  @Test
  void thePapersReadingIsThatOfTheRunOnACpu() {
    var path = List.of("data.npz.path=bloodmnist.npz");
    var paper = Experiments.read(FOLDER.resolve("bloodmnist/omcl-paper.textproto"), path);
    var omcl = Experiments.read(FOLDER.resolve("bloodmnist/omcl-cpu.textproto"), path);

    assertThat(Experiments.diff(omcl, paper)).allMatch(l -> l.matches("(name|description): .*"));
    assertThat(Experiments.digest(paper)).isEqualTo(Experiments.digest(omcl));
  }

  @Test
  void theBaselineDiffersFromOmclInNothingButTheLoss() {
    var path = List.of("data.npz.path=bloodmnist.npz");
    var omcl = Experiments.read(FOLDER.resolve("bloodmnist/omcl-cpu.textproto"), path);
    var softmax = Experiments.read(FOLDER.resolve("bloodmnist/softmax-cpu.textproto"), path);

    assertThat(Experiments.diff(omcl, softmax))
        .allMatch(line -> line.startsWith("loss.") || line.matches("(name|description): .*"));
  }

  @Test
  void theQuickstartIsEmbedded() throws IOException {
    assertThat(Experiments.quickstart())
        .isEqualTo(Files.readString(FOLDER.resolve("quickstart.textproto")));
  }
}

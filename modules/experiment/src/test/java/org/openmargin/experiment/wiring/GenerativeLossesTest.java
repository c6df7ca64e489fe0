package org.openmargin.experiment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.Net;
import org.openmargin.nn.layers.Layers;
import org.openmargin.serving.OpenSetClassifier;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** ARPL+CS and DIAS from experiment to SavedModel. */
class GenerativeLossesTest {
  private static final Path TINY =
      Path.of("../../proto/experiments").resolve("synthetic/tiny.textproto");
  private static final String ARPL_CS = "loss.arpl.confusing_samples";
  private static final String DIAS = "loss.dias";

  @TempDir Path folder;

  private static Experiment tiny(String loss, String... overrides) {
    var all = new ArrayList<>(List.of("training.epochs=2", "runtime.deterministic=true"));
    all.addAll(List.of(loss + ".gan.generator_channels=8", loss + ".gan.discriminator_channels=2"));
    all.addAll(List.of(overrides));
    return Experiment.read(TINY, all.toArray(String[]::new)).withNotices(notice -> {});
  }

  @ParameterizedTest
  @CsvSource({ARPL_CS + ", max_logit", DIAS + ", max_probability_closed"})
  void trainsEvaluatesAndExports(String loss, String scorer) throws IOException {
    var run = tiny(loss).train(folder.resolve("run"));
    var report = run.evaluate();
    assertThat(report.getAcc()).isBetween(0.0, 1.0);
    assertThat(report.getSelectedScorer()).isEqualTo(scorer);
    var model = run.export(folder.resolve("savedmodels"));
    try (var classifier = OpenSetClassifier.load(model)) {
      assertThat(classifier.classNames()).isEqualTo(report.getKnownClassesList());
    }
    var graph = Files.readString(model.resolve("saved_model.pb"), StandardCharsets.ISO_8859_1);
    assertThat(graph)
        .contains("backbone.stem.norm.scale")
        .doesNotContain("generator", "discriminator", "copycat", "auxiliary");
  }

  @Test
  void imagesThatTurnOutTooLargeForTheGeneratorAreRefused() {
    var cells = new SyntheticCells(new SyntheticCells.Settings(40, 12, 8, 4, 5));
    var large =
        tiny(DIAS, "data.custom.name=large", "data.image_size_px=0")
            .withDataSource("large", parameters -> cells);
    assertThatThrownBy(() -> large.train(folder))
        .isInstanceOf(RunException.class)
        .hasMessage(
            "loss: the generator makes images up to 32 px, these are 40 x 40; set data.image_size_px to 32 or less");
  }

  /** A backbone that does not declare its stages. */
  private record Mean() implements Backbone {
    @Override
    public Operand<TFloat32> embed(Net net, Operand<TFloat32> images) {
      return Layers.globalMean(net, images);
    }

    @Override
    public int embeddingSize(InputFormat format) {
      return 3;
    }
  }

  @Test
  void aBackboneWithoutStagesIsRefused() {
    var own = tiny(DIAS, "model.custom.name=mine").withBackbone("mine", parameters -> new Mean());
    assertThatThrownBy(() -> own.train(folder))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(
            "loss: DIAS needs feature maps: Mean must be a StagedBackbone of at least three stages");
  }
}

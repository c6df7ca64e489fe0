package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.loss.Scale;
import org.openmargin.loss.Suppression;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;

/** What a run reports of its head: the scale, and how alike the prototypes are. */
class TrainedScaleTest {
  /** Margins so large that every step makes s smaller. */
  private static final Omcl.Margins FALLING = new Omcl.Margins(1, 1);

  @TempDir Path folder;

  private static final class Recorder implements RunListener {
    private final List<Head> heads = new ArrayList<>();

    @Override
    public void measured(Validation v) {
      heads.add(v.head());
    }
  }

  private static OpenSetNetwork network(Omcl.Margins margins, Scale scale) {
    var head = new Omcl(3, margins, new OpenClass(true, 0.1, Suppression.NONE), scale);
    var backbone = ResNet.tiny(ResNet.Stem.SMALL_3X3, ResNet.NORM);
    return new OpenSetNetwork(InputFormat.of(16, 16, 3), backbone, head);
  }

  private List<RunListener.Head> train(OpenSetNetwork network, int epochs, double rate) {
    var settings = Fixtures.settings(epochs, Fixtures.adam(), rate, Precision.FLOAT32);
    var trainer = new Trainer(network, settings, RuntimeSettings.DETERMINISTIC_CPU);
    var recorder = new Recorder();
    trainer.train(Fixtures.cells(), folder, false, List.of(recorder));
    return recorder.heads;
  }

  /** Its rate is 100 times 0.01: the first step takes it from 0.5 to -0.5. */
  @Test
  void aScaleThatFallsToZeroOrBelowStopsTheRun() {
    var network = network(FALLING, new Scale(0.5, 100));
    assertThatThrownBy(() -> train(network, 1, 1e-2))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the head's scale, which must be above 0, is -")
        .hasMessageContaining("its rate is too high");
  }

  /** Adam moves s by about its rate a step, at most 20 times 0.001, wherever it starts. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 2, 4, 64})
  void aScaleWithAFastRateMovesFromWhereverItStarts(double first) {
    var heads = train(network(FALLING, new Scale(first, 20)), 2, 1e-3);
    var steps = 2 * (72 / Fixtures.BATCH);
    assertThat(first - heads.get(1).scale()).isBetween(0.005 * steps, 0.021 * steps);
  }

  @Test
  void theCosineOfThePrototypesIsThatOfTheCheckpoint() {
    var network = network(Omcl.Margins.NONE, new Scale(16, 0.1));
    var heads = train(network, 1, 1e-2);
    try (var inference = new Inference(network, RuntimeSettings.CPU)) {
      inference.restore(new Checkpoints(folder, 2).newest().orElseThrow().variables());
      var rows = inference.prototypes().orElseThrow();
      var sum = 0.0;
      for (var i = 0; i < 3; i++) {
        for (var k = 0; k < rows[0].length; k++) {
          sum += (double) rows[i][k] * rows[(i + 1) % 3][k];
        }
      }
      assertThat(heads.get(0).prototypeCosine().orElseThrow()).isCloseTo(sum / 3, within(1e-5));
    }
  }
}

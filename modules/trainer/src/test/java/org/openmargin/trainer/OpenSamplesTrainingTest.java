package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.Images;
import org.openmargin.loss.NormFace;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.augment.OpenSamples;
import org.openmargin.nn.augment.OpenSamples.Kind;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;

class OpenSamplesTrainingTest {
  private static final int KNOWN = 3;

  @TempDir Path folder;

  private static Trainer trainer(int epochs, OpenSamples samples, OpenSetLoss head) {
    var plain = Fixtures.settings(epochs, Fixtures.adam(), 1e-2, Precision.FLOAT32);
    var settings =
        new TrainSettings(epochs, Fixtures.BATCH, 7, plain.step().with(samples), plain.keeping());
    var tiny = Fixtures.tinyNetwork();
    var network = new OpenSetNetwork(tiny.input(), tiny.backbone(), head);
    return new Trainer(network, settings, RuntimeSettings.DETERMINISTIC_CPU);
  }

  private static Trainer trainer(int epochs, OpenSamples samples) {
    return trainer(epochs, samples, Fixtures.tinyNetwork().head());
  }

  /** Share of the images whose largest logit is that of the open class. */
  private double rejected(Trainer trainer, Images images) {
    trainer.train(Fixtures.cells(), folder, false, List.of());
    try (var inference = new Inference(trainer.network(), RuntimeSettings.CPU)) {
      inference.restore(new Checkpoints(folder, 2).newest().orElseThrow().variables());
      var outputs = inference.outputs(images);
      var open = 0;
      for (var i = 0; i < images.count(); i++) {
        open += outputs.predictedClass(i, KNOWN + 1) == KNOWN ? 1 : 0;
      }
      return (double) open / images.count();
    }
  }

  /** Each colour mirrored at its luma: a hue turned by 180 degrees. */
  private static Images recoloured(Images images) {
    var all = new byte[images.count() * images.bytesPerImage()];
    for (var i = 0; i < images.count(); i++) {
      images.copyTo(i, all, i * images.bytesPerImage());
    }
    for (var k = 0; k < all.length; k += 3) {
      var luma = 0.299 * (all[k] & 255) + 0.587 * (all[k + 1] & 255) + 0.114 * (all[k + 2] & 255);
      for (var c = k; c < k + 3; c++) {
        all[c] = (byte) Math.round(Math.max(0, Math.min(255, 2 * luma - (all[c] & 255))));
      }
    }
    return Images.of(images.height(), images.width(), 3, all);
  }

  @Test
  void theBackboneLearnsToRejectWhatTheOpenSamplesWereMadeBy() {
    var known = Fixtures.cells().train().images();
    var hues = new OpenSamples(List.of(Kind.HUE), 0.5);
    assertThat(rejected(trainer(30, hues), recoloured(known))).isGreaterThan(0.9);
    assertThat(rejected(trainer(30, hues), known)).isLessThan(0.1);
    assertThat(rejected(trainer(30, OpenSamples.NONE), recoloured(known))).isLessThan(0.5);
  }

  @Test
  void aResumedRunWithEveryKindEqualsAStraightOneBitForBit() throws IOException {
    var all = new OpenSamples(List.of(Kind.values()), 0.75);
    var straight = folder.resolve("straight");
    var resumed = folder.resolve("resumed");
    trainer(2, all).train(Fixtures.cells(), straight, false, List.of());
    var stop =
        new RunListener() {
          @Override
          public Verdict validated(Validation validation) {
            return Verdict.STOP;
          }
        };
    trainer(2, all).train(Fixtures.cells(), resumed, false, List.of(stop));
    trainer(2, all).train(Fixtures.cells(), resumed, true, List.of());
    assertThat(Files.readAllBytes(weights(resumed)))
        .isEqualTo(Files.readAllBytes(weights(straight)));
  }

  private static Path weights(Path run) {
    var newest = new Checkpoints(run, 2).newest().orElseThrow();
    return newest.folder().resolve("variables.data-00000-of-00001");
  }

  @Test
  void aLossWithoutAnOpenClassIsRefusedBeforeTraining() {
    var samples = new OpenSamples(List.of(Kind.BLUR), 0.25);
    assertThatThrownBy(() -> trainer(1, samples, new NormFace(KNOWN, 16)))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("training.open_samples needs a loss with an open class");
  }

  @Test
  void aShareTooSmallForItsKindsIsRefusedBeforeTraining() {
    var samples = new OpenSamples(List.of(Kind.values()), 0.2);
    assertThatThrownBy(() -> trainer(1, samples))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "training.open_samples: a share of 0.2 of a batch of 16 is 3 images, fewer than the 5 kinds: raise the share or training.batch_size");
  }
}

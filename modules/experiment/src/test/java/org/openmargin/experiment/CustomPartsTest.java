package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.DataSource;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.loss.SoftmaxCrossEntropy;
import org.openmargin.model.ResNet;
import org.openmargin.nn.OpenSetLoss;

/** A user's own loss, backbone and images. */
class CustomPartsTest {
  @TempDir Path folder;

  @Test
  void aUsersOwnLossBackboneAndDataAreBoundFromOutside() {
    var asked = new ArrayList<String>();
    var report =
        tiny(
                "loss.custom.name=mine",
                "loss.custom.parameters.smoothing=0.1",
                "model.custom.name=narrow",
                "data.custom.name=drawn")
            .withLoss("mine", (classes, parameters) -> ownLoss(classes, parameters, asked))
            .withBackbone(
                "narrow",
                parameters -> new ResNet(ResNet.Stem.SMALL_3X3, List.of(1, 1), 4, ResNet.NORM))
            .withDataSource("drawn", parameters -> ownCells())
            .train(folder)
            .with(e -> e)
            .evaluate();
    assertThat(asked).containsOnly("4 classes, smoothing 0.1");
    assertThat(report.getScorersList())
        .extracting(s -> s.getName())
        .containsExactly("max_probability_closed", "max_logit", "energy");
  }

  private static OpenSetLoss ownLoss(
      int classes, Map<String, String> parameters, List<String> asked) {
    asked.add(classes + " classes, smoothing " + parameters.get("smoothing"));
    var smoothing = Double.parseDouble(parameters.get("smoothing"));
    return new SoftmaxCrossEntropy(classes, smoothing, SoftmaxCrossEntropy.Smoothing.ALL_CLASSES);
  }

  private static DataSource ownCells() {
    return new SyntheticCells(new SyntheticCells.Settings(12, 20, 10, 5, 3));
  }

  @Test
  void anUnboundPartIsNamed() {
    assertThatThrownBy(
            () ->
                tiny("loss.custom.name=mine")
                    .withLoss("yours", (c, p) -> ownLoss(c, p, new ArrayList<>()))
                    .train(folder))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("loss.custom.name: nothing is bound under 'mine'; bound are [yours]");
  }

  @Test
  void viewsThatTheImagesDoNotHaveAreRefusedBeforeTraining() {
    var run = folder.resolve("run");
    var oblong = new ImageGeometry(OptionalInt.empty(), 8, 12);
    var experiment =
        tiny("data.custom.name=oblong", "data.image_size_px=0", "scoring.views=DIHEDRAL")
            .withDataSource("oblong", parameters -> () -> ownCells().load().preprocessed(oblong));
    assertThatThrownBy(() -> experiment.train(run))
        .isInstanceOf(RunException.class)
        .hasMessage("scoring.views: DIHEDRAL views need square images, not 8 x 12");
    assertThat(run.resolve("checkpoints")).doesNotExist();
  }
}

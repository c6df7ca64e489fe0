package org.openmargin.experiment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.loss.Prototypes;
import org.openmargin.loss.Scale;
import org.openmargin.loss.Suppression;
import org.openmargin.loss.Suppression.Descriptors;
import org.openmargin.loss.Suppression.Reduction;
import org.openmargin.model.ResNet;
import org.openmargin.nn.OpenSetLoss;

/** Every setting of {@code loss.omcl} reaches its place. */
class OmclWiringTest {
  private static final Path TINY = Path.of("../../proto/experiments/synthetic/tiny.textproto");

  @TempDir Path folder;

  private static OpenSetLoss omcl(String settings) throws TextFormat.ParseException {
    var text =
        """
        name: "recipe"
        data { synthetic_cells {} known_classes: [0, 1] }
        model { resnet {} }
        loss { omcl { %s } }
        training { adam {} constant {} }
        """
            .formatted(settings);
    var experiment = Experiment.of(TextFormat.parse(text, ExperimentConfig.class));
    return experiment.recipe().parts().loss().of(2);
  }

  @Test
  void theDefaultIsThePapersReading() throws TextFormat.ParseException {
    var suppression = new Suppression(0.5, 1, Descriptors.NORMALIZED, Reduction.SUM_OF_MEANS);
    assertThat(omcl(""))
        .isEqualTo(
            new Omcl(
                2,
                new Omcl.Margins(-0.1, 0),
                new OpenClass(true, 0.1, suppression),
                new Scale(16, 0.1)));
  }

  @Test
  void everySettingIsWired() throws TextFormat.ParseException {
    var suppression =
        new Suppression(0.25, 3, Descriptors.RAW, Reduction.JOINT_MEAN, Suppression.Trains.SCALE);
    assertThat(
            omcl(
                """
                target_margin: 0.2 other_margin: 0.3 threshold: -0.4 open_space_weight: 0.25
                initial_scale: 2 scale_rate_factor: 100 descriptors_per_image: 3 descriptors: RAW
                reduction: JOINT_MEAN prototypes: SIMPLEX oss_trains: SCALE
                """))
        .isEqualTo(
            new Omcl(
                2,
                new Omcl.Margins(0.2, 0.3),
                new OpenClass(true, -0.4, suppression),
                new Scale(2, 100),
                Prototypes.SIMPLEX));
  }

  @Test
  void partsLeaveOutWhatTheyDoNotHave() throws TextFormat.ParseException {
    var open = new OpenClass(true, 0.1, Suppression.NONE);
    var margins = new Omcl.Margins(-0.1, 0);
    assertThat(omcl("parts: MLAS")).isEqualTo(new Omcl(2, margins, open, new Scale(16, 0.1)));
    var closed = new OpenClass(false, 0.1, Suppression.NONE);
    assertThat(omcl("parts: NEITHER"))
        .isEqualTo(new Omcl(2, Omcl.Margins.NONE, closed, new Scale(16, 0)));
  }

  @Test
  void aSimplexInTooShortEmbeddingsIsRefusedBeforeTraining() {
    var narrow = new ResNet(ResNet.Stem.SMALL_3X3, List.of(1), 3, ResNet.NORM);
    var experiment =
        Experiment.read(TINY, "loss.omcl.prototypes=SIMPLEX", "model.custom.name=narrow")
            .withBackbone("narrow", parameters -> narrow)
            .withNotices(notice -> {});
    assertThatThrownBy(() -> experiment.train(folder.resolve("run")))
        .isInstanceOf(RunException.class)
        .hasMessage(
            "loss: prototypes: SIMPLEX needs at least two known classes and embeddings with at least as many numbers as known classes; there are 4 classes and 3 numbers");
  }
}

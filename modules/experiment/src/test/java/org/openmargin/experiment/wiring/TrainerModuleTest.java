package org.openmargin.experiment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.experiment.Experiment;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.nn.augment.ChromaJitter;
import org.openmargin.nn.augment.Moves;
import org.openmargin.nn.augment.OpenSamples;
import org.openmargin.nn.augment.RandAugment;
import org.openmargin.nn.augment.Warp;
import org.openmargin.trainer.TrainSettings.StepSettings;
import org.openmargin.trainer.optimizer.Optimizer;
import org.openmargin.trainer.optimizer.WeightAverage;

/** Every setting of a step reaches its place. */
class TrainerModuleTest {

  private static StepSettings step(String training) throws TextFormat.ParseException {
    var text =
        """
        name: "recipe"
        data { synthetic_cells {} known_classes: [0, 1] }
        model { resnet {} }
        loss { omcl {} }
        training { %s constant {} }
        """
            .formatted(training);
    var experiment = Experiment.of(TextFormat.parse(text, ExperimentConfig.class));
    return experiment.recipe().training().step();
  }

  @Test
  void weightsAreAveragedOnlyIfThereIsADecay() throws TextFormat.ParseException {
    var sgd = new Optimizer.Sgd(0.5, true, new Optimizer.Decay(0, false));
    assertThat(step("sgd { momentum: 0.5 }").optimizer()).isEqualTo(sgd);
    assertThat(step("sgd { momentum: 0.5 } weight_average_decay: 0.99").optimizer())
        .isEqualTo(new WeightAverage(sgd, 0.99));
  }

  @Test
  void whatIsNotAskedForIsNotAugmented() throws TextFormat.ParseException {
    assertThat(step("adam {}").augmentation())
        .isEqualTo(new Augmentation(4, true, false, new Augmentation.ColorJitter(0, 0)));
    assertThat(step("adam {} augmentation { crop_padding_px: 0 horizontal_flip: false }"))
        .extracting(StepSettings::augmentation)
        .isEqualTo(Augmentation.NONE);
  }

  @Test
  void openSamplesAreAddedOnlyIfAskedFor() throws TextFormat.ParseException {
    assertThat(step("adam {}").openSamples()).isEqualTo(OpenSamples.NONE);
    assertThat(step("adam {} open_samples { kinds: [MIXUP] }").openSamples())
        .isEqualTo(new OpenSamples(List.of(OpenSamples.Kind.MIXUP), 0.25));
    var all =
        "adam {} open_samples { kinds: [CUTMIX, MIXUP, PATCH_SHUFFLE, BLUR, HUE] share: 0.5 }";
    assertThat(step(all).openSamples())
        .isEqualTo(new OpenSamples(List.of(OpenSamples.Kind.values()), 0.5));
  }

  @Test
  void everyAugmentationIsWired() throws TextFormat.ParseException {
    var augmentation =
        step("""
                adam {}
                augmentation {
                  crop_padding_px: 1 horizontal_flip: false rotate_90: true
                  brightness: 0.1 contrast: 0.2 saturation: 0.3 hue_degrees: 4
                  rotation_degrees: 180 zoom: 0.5 shear_degrees: 6
                  rand_augment { operations: 3 }
                }
                """)
            .augmentation();
    var color = new Augmentation.ColorJitter(0.1, 0.2, new ChromaJitter(0.3, 4));
    assertThat(augmentation)
        .isEqualTo(
            new Augmentation(
                new Warp(180, 0.5, 6), new Moves(1, false, true), new RandAugment(3, 9), color));
  }
}

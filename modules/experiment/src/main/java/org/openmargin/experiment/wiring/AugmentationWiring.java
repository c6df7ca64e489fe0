package org.openmargin.experiment.wiring;

import org.openmargin.config.v1.AugmentationConfig;
import org.openmargin.config.v1.OpenSamplesConfig;
import org.openmargin.config.v1.TrainingConfig;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.nn.augment.ChromaJitter;
import org.openmargin.nn.augment.Moves;
import org.openmargin.nn.augment.OpenSamples;
import org.openmargin.nn.augment.RandAugment;
import org.openmargin.nn.augment.Warp;

/** From {@code training.augmentation} and {@code training.open_samples} to what changes images. */
final class AugmentationWiring {
  private AugmentationWiring() {}

  static Augmentation augmentation(AugmentationConfig augmentation) {
    var warp =
        new Warp(
            augmentation.getRotationDegrees(),
            augmentation.getZoom(),
            augmentation.getShearDegrees());
    var moves =
        new Moves(
            augmentation.getCropPaddingPx(),
            augmentation.getHorizontalFlip(),
            augmentation.getRotate90());
    var chroma = new ChromaJitter(augmentation.getSaturation(), augmentation.getHueDegrees());
    var color =
        new Augmentation.ColorJitter(
            augmentation.getBrightness(), augmentation.getContrast(), chroma);
    return new Augmentation(warp, moves, policy(augmentation), color);
  }

  private static RandAugment policy(AugmentationConfig augmentation) {
    return switch (augmentation.getPolicyCase()) {
      case RAND_AUGMENT ->
          new RandAugment(
              augmentation.getRandAugment().getOperations(),
              augmentation.getRandAugment().getMagnitude());
      case POLICY_NOT_SET -> RandAugment.NONE;
    };
  }

  static OpenSamples openSamples(TrainingConfig config) {
    if (!config.hasOpenSamples()) {
      return OpenSamples.NONE;
    }
    var kinds =
        config.getOpenSamples().getKindsList().stream().map(AugmentationWiring::kind).toList();
    return new OpenSamples(kinds, config.getOpenSamples().getShare());
  }

  private static OpenSamples.Kind kind(OpenSamplesConfig.Kind kind) {
    return switch (kind) {
      case CUTMIX -> OpenSamples.Kind.CUTMIX;
      case MIXUP -> OpenSamples.Kind.MIXUP;
      case PATCH_SHUFFLE -> OpenSamples.Kind.PATCH_SHUFFLE;
      case BLUR -> OpenSamples.Kind.BLUR;
      case HUE -> OpenSamples.Kind.HUE;
    };
  }
}

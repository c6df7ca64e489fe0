package org.openmargin.experiment;

import org.openmargin.nn.Augmentation;
import org.openmargin.nn.ChromaJitter;
import org.openmargin.nn.Moves;
import org.openmargin.nn.RandAugment;
import org.openmargin.nn.Warp;

/** Random changes of images, as an experiment names them. */
final class Augmentations {
  private Augmentations() {}

  static Augmentation of(org.openmargin.v1.Augmentation config) {
    var warp = new Warp(config.getRotationDegrees(), config.getZoom(), config.getShearDegrees());
    var moves =
        new Moves(config.getCropPaddingPx(), config.getHorizontalFlip(), config.getRotate90());
    var chroma = new ChromaJitter(config.getSaturation(), config.getHueDegrees());
    var color = new Augmentation.ColorJitter(config.getBrightness(), config.getContrast(), chroma);
    return new Augmentation(warp, moves, policy(config), color);
  }

  private static RandAugment policy(org.openmargin.v1.Augmentation config) {
    return switch (config.getPolicyCase()) {
      case RAND_AUGMENT ->
          new RandAugment(
              config.getRandAugment().getOperations(), config.getRandAugment().getMagnitude());
      case POLICY_NOT_SET -> RandAugment.NONE;
    };
  }
}

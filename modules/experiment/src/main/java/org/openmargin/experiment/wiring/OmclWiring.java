package org.openmargin.experiment.wiring;

import org.openmargin.config.v1.OmclConfig;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.loss.Prototypes;
import org.openmargin.loss.Scale;
import org.openmargin.loss.Suppression;

/** From {@code loss.omcl} to the loss. */
final class OmclWiring {
  private OmclWiring() {}

  /** With the parts of the loss listed in {@code loss.omcl.parts}. */
  static Omcl omcl(OmclConfig omcl, int knownClasses) {
    var parts = omcl.getParts();
    var mlas = parts == OmclConfig.Parts.BOTH || parts == OmclConfig.Parts.MLAS;
    var oss = parts == OmclConfig.Parts.BOTH || parts == OmclConfig.Parts.OSS;
    var margins =
        mlas ? new Omcl.Margins(omcl.getTargetMargin(), omcl.getOtherMargin()) : Omcl.Margins.NONE;
    var suppression = oss ? suppression(omcl) : Suppression.NONE;
    return new Omcl(
        knownClasses,
        margins,
        new OpenClass(mlas || oss, omcl.getThreshold(), suppression),
        new Scale(omcl.getInitialScale(), mlas ? omcl.getScaleRateFactor() : 0),
        prototypes(omcl));
  }

  private static Prototypes prototypes(OmclConfig omcl) {
    return switch (omcl.getPrototypes()) {
      case TRAINED -> Prototypes.TRAINED;
      case SIMPLEX -> Prototypes.SIMPLEX;
    };
  }

  private static Suppression suppression(OmclConfig omcl) {
    var descriptors =
        switch (omcl.getDescriptors()) {
          case NORMALIZED -> Suppression.Descriptors.NORMALIZED;
          case RAW -> Suppression.Descriptors.RAW;
        };
    var reduction =
        switch (omcl.getReduction()) {
          case SUM_OF_MEANS -> Suppression.Reduction.SUM_OF_MEANS;
          case JOINT_MEAN -> Suppression.Reduction.JOINT_MEAN;
        };
    var trains =
        switch (omcl.getOssTrains()) {
          case PROTOTYPES_AND_SCALE -> Suppression.Trains.PROTOTYPES_AND_SCALE;
          case SCALE -> Suppression.Trains.SCALE;
        };
    return new Suppression(
        omcl.getOpenSpaceWeight(), omcl.getDescriptorsPerImage(), descriptors, reduction, trains);
  }
}

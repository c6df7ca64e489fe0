package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.config.v1.ArcFaceConfig;
import org.openmargin.config.v1.ArplConfig;
import org.openmargin.config.v1.CosFaceConfig;
import org.openmargin.config.v1.GaussianConfig;
import org.openmargin.config.v1.GcplConfig;
import org.openmargin.config.v1.LossConfig;
import org.openmargin.config.v1.NmclConfig;
import org.openmargin.config.v1.RplConfig;
import org.openmargin.config.v1.SoftmaxConfig;
import org.openmargin.config.v1.SphereFaceConfig;
import org.openmargin.loss.ArcFace;
import org.openmargin.loss.Arpl;
import org.openmargin.loss.CosFace;
import org.openmargin.loss.GaussianHead;
import org.openmargin.loss.Gcpl;
import org.openmargin.loss.Nmcl;
import org.openmargin.loss.NormFace;
import org.openmargin.loss.Rates;
import org.openmargin.loss.Rpl;
import org.openmargin.loss.SoftmaxCrossEntropy;
import org.openmargin.loss.SphereFace;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.scoring.numeric.ClassGaussians;
import org.openmargin.scoring.numeric.Shrinkage;

/** Binds the head and loss that {@code loss} names. */
final class LossModule extends AbstractModule {
  private final LossConfig config;
  private final int knownClasses;

  LossModule(LossConfig config, int knownClasses) {
    this.config = config;
    this.knownClasses = knownClasses;
  }

  @Override
  protected void configure() {
    if (config.getKindCase() == LossConfig.KindCase.KIND_NOT_SET) {
      binder().addError("loss: no kind is set");
    }
  }

  @Provides
  @Singleton
  OpenSetLoss loss(CustomParts custom) {
    return switch (config.getKindCase()) {
      case OMCL -> OmclWiring.omcl(config.getOmcl(), knownClasses);
      case SOFTMAX -> softmax(config.getSoftmax());
      case CUSTOM -> custom.loss(config.getCustom(), knownClasses);
      case GCPL -> gcpl(config.getGcpl());
      case RPL -> rpl(config.getRpl());
      case ARPL -> arpl(config.getArpl());
      case NORMFACE -> new NormFace(knownClasses, config.getNormface().getScale());
      case COSFACE -> cosFace(config.getCosface());
      case NMCL -> nmcl(config.getNmcl());
      case ARCFACE -> arcFace(config.getArcface());
      case SPHEREFACE -> sphereFace(config.getSphereface());
      case DIAS -> GenerativeLosses.dias(config.getDias(), knownClasses);
      case GAUSSIAN -> gaussian(config.getGaussian());
      case KIND_NOT_SET -> throw new IllegalStateException("refused by configure");
    };
  }

  private SoftmaxCrossEntropy softmax(SoftmaxConfig softmax) {
    var smoothing =
        switch (softmax.getSmoothingTarget()) {
          case ALL_CLASSES -> SoftmaxCrossEntropy.Smoothing.ALL_CLASSES;
          case OTHER_CLASSES -> SoftmaxCrossEntropy.Smoothing.OTHER_CLASSES;
        };
    return new SoftmaxCrossEntropy(knownClasses, softmax.getLabelSmoothing(), smoothing);
  }

  private Gcpl gcpl(GcplConfig gcpl) {
    return new Gcpl(
        knownClasses,
        gcpl.getPrototypeWeight(),
        gcpl.getTemperature(),
        new Rates(gcpl.getPointsRateFactor(), 1));
  }

  private Rpl rpl(RplConfig rpl) {
    return new Rpl(
        knownClasses,
        rpl.getRadiusWeight(),
        rpl.getTemperature(),
        new Rates(rpl.getPointsRateFactor(), rpl.getRadiusRateFactor()));
  }

  private OpenSetLoss arpl(ArplConfig config) {
    var rates = new Rates(config.getPointsRateFactor(), config.getRadiusRateFactor());
    var arpl = new Arpl(knownClasses, config.getRadiusWeight(), config.getTemperature(), rates);
    return config.hasConfusingSamples()
        ? GenerativeLosses.confusing(arpl, config.getConfusingSamples())
        : arpl;
  }

  private CosFace cosFace(CosFaceConfig cosface) {
    return new CosFace(knownClasses, cosface.getMargin(), cosface.getScale());
  }

  private Nmcl nmcl(NmclConfig nmcl) {
    return new Nmcl(knownClasses, nmcl.getMargin(), nmcl.getScale());
  }

  private ArcFace arcFace(ArcFaceConfig arcface) {
    return new ArcFace(knownClasses, arcface.getMarginRadians(), arcface.getScale());
  }

  private GaussianHead gaussian(GaussianConfig gaussian) {
    var shrinkage =
        switch (gaussian.getShrinkage()) {
          case LEDOIT_WOLF -> new Shrinkage.LedoitWolf();
          case OAS -> new Shrinkage.Oas();
          case FIXED -> new Shrinkage.Fixed(gaussian.getShrinkageShare());
        };
    return new GaussianHead(
        knownClasses, (x, labels) -> gaussians(ClassGaussians.fit(x, labels, shrinkage)));
  }

  private static List<GaussianHead.Gaussian> gaussians(ClassGaussians fitted) {
    return IntStream.range(0, fitted.classes().size())
        .mapToObj(
            c -> {
              var map = fitted.classes().get(c);
              var half = fitted.halfLogDeterminants()[c];
              return new GaussianHead.Gaussian(map.centre(), map.matrix(), half);
            })
        .toList();
  }

  private SphereFace sphereFace(SphereFaceConfig sphereface) {
    return new SphereFace(
        knownClasses,
        sphereface.getMargin(),
        new SphereFace.Annealing(
            sphereface.getAnnealingStart(),
            sphereface.getAnnealingRate(),
            sphereface.getAnnealingEnd()));
  }
}

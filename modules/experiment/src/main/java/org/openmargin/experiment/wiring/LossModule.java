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

  LossModule(LossConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    if (config.getKindCase() == LossConfig.KindCase.KIND_NOT_SET) {
      binder().addError("loss: no kind is set");
    }
  }

  @Provides
  @Singleton
  HeadOfClasses loss(CustomParts custom) {
    return switch (config.getKindCase()) {
      case OMCL -> n -> OmclWiring.omcl(config.getOmcl(), n);
      case SOFTMAX -> n -> softmax(config.getSoftmax(), n);
      case CUSTOM -> n -> custom.loss(config.getCustom(), n);
      case GCPL -> n -> gcpl(config.getGcpl(), n);
      case RPL -> n -> rpl(config.getRpl(), n);
      case ARPL -> n -> arpl(config.getArpl(), n);
      case NORMFACE -> n -> new NormFace(n, config.getNormface().getScale());
      case COSFACE -> n -> cosFace(config.getCosface(), n);
      case NMCL -> n -> nmcl(config.getNmcl(), n);
      case ARCFACE -> n -> arcFace(config.getArcface(), n);
      case SPHEREFACE -> n -> sphereFace(config.getSphereface(), n);
      case DIAS -> n -> GenerativeLosses.dias(config.getDias(), n);
      case GAUSSIAN -> n -> gaussian(config.getGaussian(), n);
      case KIND_NOT_SET -> throw new IllegalStateException("refused by configure");
    };
  }

  private static SoftmaxCrossEntropy softmax(SoftmaxConfig softmax, int knownClasses) {
    var smoothing =
        switch (softmax.getSmoothingTarget()) {
          case ALL_CLASSES -> SoftmaxCrossEntropy.Smoothing.ALL_CLASSES;
          case OTHER_CLASSES -> SoftmaxCrossEntropy.Smoothing.OTHER_CLASSES;
        };
    return new SoftmaxCrossEntropy(knownClasses, softmax.getLabelSmoothing(), smoothing);
  }

  private static Gcpl gcpl(GcplConfig gcpl, int knownClasses) {
    return new Gcpl(
        knownClasses,
        gcpl.getPrototypeWeight(),
        gcpl.getTemperature(),
        new Rates(gcpl.getPointsRateFactor(), 1));
  }

  private static Rpl rpl(RplConfig rpl, int knownClasses) {
    return new Rpl(
        knownClasses,
        rpl.getRadiusWeight(),
        rpl.getTemperature(),
        new Rates(rpl.getPointsRateFactor(), rpl.getRadiusRateFactor()));
  }

  private static OpenSetLoss arpl(ArplConfig config, int knownClasses) {
    var rates = new Rates(config.getPointsRateFactor(), config.getRadiusRateFactor());
    var arpl = new Arpl(knownClasses, config.getRadiusWeight(), config.getTemperature(), rates);
    return config.hasConfusingSamples()
        ? GenerativeLosses.confusing(arpl, config.getConfusingSamples())
        : arpl;
  }

  private static CosFace cosFace(CosFaceConfig cosface, int knownClasses) {
    return new CosFace(knownClasses, cosface.getMargin(), cosface.getScale());
  }

  private static Nmcl nmcl(NmclConfig nmcl, int knownClasses) {
    return new Nmcl(knownClasses, nmcl.getMargin(), nmcl.getScale());
  }

  private static ArcFace arcFace(ArcFaceConfig arcface, int knownClasses) {
    return new ArcFace(knownClasses, arcface.getMarginRadians(), arcface.getScale());
  }

  private static GaussianHead gaussian(GaussianConfig gaussian, int knownClasses) {
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

  private static SphereFace sphereFace(SphereFaceConfig sphereface, int knownClasses) {
    return new SphereFace(
        knownClasses,
        sphereface.getMargin(),
        new SphereFace.Annealing(
            sphereface.getAnnealingStart(),
            sphereface.getAnnealingRate(),
            sphereface.getAnnealingEnd()));
  }
}

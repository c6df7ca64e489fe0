package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.openmargin.config.v1.ModelConfig;
import org.openmargin.config.v1.ResNetConfig;
import org.openmargin.model.Conventions;
import org.openmargin.model.ResNet;
import org.openmargin.model.StainStatistics;
import org.openmargin.model.StatisticsBackbone;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.layers.Layers.NormSettings;
import org.openmargin.nn.layers.Layers.Padding;

/** Binds the backbone that {@code model} names. */
final class ModelModule extends AbstractModule {
  private final ModelConfig config;

  ModelModule(ModelConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    if (config.getBackboneCase() == ModelConfig.BackboneCase.BACKBONE_NOT_SET) {
      binder().addError("model: no backbone is set");
    }
  }

  @Provides
  @Singleton
  Backbone backbone(CustomParts custom) {
    return switch (config.getBackboneCase()) {
      case RESNET -> resNet(config.getResnet());
      case CUSTOM -> custom.backbone(config.getCustom());
      case SAVED_MODEL -> ForeignWiring.backbone(config.getSavedModel());
      case STAIN_STATISTICS -> new StatisticsBackbone(new StainStatistics());
      case BACKBONE_NOT_SET -> throw new IllegalStateException("refused by configure");
    };
  }

  private static ResNet resNet(ResNetConfig resnet) {
    var firstScale = resnet.getZeroInitLastNormScale() ? 0 : 1;
    var norm = new NormSettings(resnet.getNormMomentum(), resnet.getNormEpsilon(), firstScale);
    var stem =
        switch (resnet.getStem()) {
          case SMALL_3X3 -> ResNet.Stem.SMALL_3X3;
          case POOLED_7X7 -> ResNet.Stem.POOLED_7X7;
        };
    var kernels =
        switch (resnet.getInitialization()) {
          case HE_FAN_OUT -> ResNet.Kernels.HE_FAN_OUT;
          case PYTORCH_DEFAULT -> ResNet.Kernels.PYTORCH_DEFAULT;
        };
    var network =
        switch (resnet.getVariant()) {
          case RESNET18 -> ResNet.resNet18(stem, norm);
          case RESNET34 -> ResNet.resNet34(stem, norm);
          case TINY -> ResNet.tiny(stem, norm);
        };
    return network.with(kernels).with(conventions(resnet));
  }

  private static Conventions conventions(ResNetConfig resnet) {
    var padding =
        switch (resnet.getPadding()) {
          case SAME -> Padding.SAME;
          case SYMMETRIC -> Padding.SYMMETRIC;
        };
    var pixels =
        switch (resnet.getPixels()) {
          case MINUS_ONE_TO_ONE -> Conventions.Pixels.OF_FORMAT;
          case IMAGENET -> Conventions.Pixels.IMAGENET;
        };
    return new Conventions(padding, pixels);
  }
}

package org.openmargin.experiment.wiring;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.config.v1.SavedModelConfig;
import org.openmargin.model.foreign.PixelConvention;
import org.openmargin.model.foreign.PixelConvention.Layout;
import org.openmargin.model.foreign.PixelConvention.Order;
import org.openmargin.model.foreign.Pooling;
import org.openmargin.model.foreign.SavedModelBackbone;
import org.openmargin.model.foreign.SavedModelBackbone.Settings;

/** From {@code model.saved_model} to a backbone. */
final class ForeignWiring {
  private static final double WHITE = 255;

  private ForeignWiring() {}

  static SavedModelBackbone backbone(SavedModelConfig config) {
    var signature =
        new Settings.Signature(
            config.getTag(), config.getSignature(), config.getInput(), config.getOutput());
    return new SavedModelBackbone(
        new Settings(
            new Settings.Source(Path.of(config.getPath()), config.getSha256()),
            signature,
            new Settings.Input(config.getInputSizePx(), pixels(config)),
            pooling(config)));
  }

  private static PixelConvention pixels(SavedModelConfig config) {
    var values =
        switch (config.getPixelsCase()) {
          case RAW -> PixelConvention.RAW;
          case ZERO_TO_ONE -> PixelConvention.ZERO_TO_ONE;
          case MINUS_ONE_TO_ONE -> PixelConvention.MINUS_ONE_TO_ONE;
          case MEAN_AND_DEVIATION ->
              new PixelConvention(
                  WHITE,
                  List.copyOf(config.getMeanAndDeviation().getMeanList()),
                  List.copyOf(config.getMeanAndDeviation().getDeviationList()));
          case PIXELS_NOT_SET -> throw new IllegalStateException("refused by the schema");
        };
    var order =
        switch (config.getChannelOrder()) {
          case RGB -> Order.RGB;
          case BGR -> Order.BGR;
        };
    var layout =
        switch (config.getLayout()) {
          case CHANNELS_LAST -> Layout.CHANNELS_LAST;
          case CHANNELS_FIRST -> Layout.CHANNELS_FIRST;
        };
    return values.with(order, layout);
  }

  private static Pooling pooling(SavedModelConfig config) {
    return switch (config.getPooling()) {
      case NONE -> Pooling.NONE;
      case MEAN -> Pooling.MEAN;
      case FIRST_TOKEN -> Pooling.FIRST_TOKEN;
    };
  }
}

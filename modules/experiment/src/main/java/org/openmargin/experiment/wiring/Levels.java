package org.openmargin.experiment.wiring;

import java.util.Optional;
import java.util.OptionalInt;
import org.openmargin.config.v1.FixedWindowConfig;
import org.openmargin.config.v1.LevelsConfig;
import org.openmargin.files.image.LevelRule;
import org.openmargin.files.image.LevelRule.Function;
import org.openmargin.files.image.LevelRule.Range;
import org.openmargin.files.image.LevelRule.Window;

/** The rule for values of more than 8 bits that an experiment states. */
final class Levels {
  private Levels() {}

  static LevelRule of(LevelsConfig config) {
    var frame = config.getFrame();
    return new LevelRule(
        window(config),
        frame == 0 ? OptionalInt.empty() : OptionalInt.of(frame),
        config.hasSixteenBits()
            ? Optional.of(
                new Range(
                    config.getSixteenBits().getLowest(), config.getSixteenBits().getHighest()))
            : Optional.empty());
  }

  private static Window window(LevelsConfig config) {
    return switch (config.getWindowCase()) {
      case OF_FILE, WINDOW_NOT_SET -> new Window.OfFile();
      case FIXED -> {
        var fixed = config.getFixed();
        yield new Window.Fixed(fixed.getCentre(), fixed.getWidth(), function(fixed));
      }
      case PERCENTILES ->
          new Window.Percentiles(
              config.getPercentiles().getLow(), config.getPercentiles().getHigh());
    };
  }

  private static Function function(FixedWindowConfig fixed) {
    return switch (fixed.getFunction()) {
      case LINEAR -> Function.LINEAR;
      case LINEAR_EXACT -> Function.LINEAR_EXACT;
      case SIGMOID -> Function.SIGMOID;
    };
  }
}

package org.openmargin.experiment.wiring;

import org.openmargin.config.v1.ConfusingSamplesConfig;
import org.openmargin.config.v1.DiasConfig;
import org.openmargin.config.v1.GanConfig;
import org.openmargin.loss.Arpl;
import org.openmargin.loss.ArplConfusingSamples;
import org.openmargin.loss.Dias;
import org.openmargin.loss.EpochPasses;
import org.openmargin.loss.Gan;
import org.openmargin.nn.OpenSetLoss;

/** The losses whose training needs a generator. */
final class GenerativeLosses {
  private GenerativeLosses() {}

  static OpenSetLoss confusing(Arpl arpl, ConfusingSamplesConfig config) {
    return new ArplConfusingSamples(
        arpl, config.getWeight(), gan(config.getGan()), passes(config.getPasses()));
  }

  static OpenSetLoss dias(DiasConfig config, int knownClasses) {
    var settings =
        new Dias.Settings(
            config.getFakeWeight(), config.getImitationWeight(), config.getEarlySmoothing());
    return new Dias(knownClasses, settings, gan(config.getGan()), passes(config.getPasses()));
  }

  private static EpochPasses passes(org.openmargin.config.v1.EpochPasses passes) {
    return switch (passes) {
      case ALTERNATING -> EpochPasses.ALTERNATING;
      case BOTH -> EpochPasses.BOTH;
    };
  }

  private static Gan gan(GanConfig config) {
    return new Gan(
        config.getNoiseSize(),
        config.getGeneratorChannels(),
        config.getDiscriminatorChannels(),
        config.getLearningRate());
  }
}

package org.openmargin.experiment;

import org.openmargin.loss.Arpl;
import org.openmargin.loss.ArplConfusingSamples;
import org.openmargin.loss.Dias;
import org.openmargin.loss.Gan;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.v1.ArplConfig;
import org.openmargin.v1.DiasConfig;
import org.openmargin.v1.GanConfig;

/** The losses whose training may need a generator. */
final class GenerativeLosses {
  private GenerativeLosses() {}

  static OpenSetLoss arpl(ArplConfig config, int knownClasses) {
    var arpl = new Arpl(knownClasses, config.getRadiusWeight(), config.getTemperature());
    if (!config.hasConfusingSamples()) {
      return arpl;
    }
    var samples = config.getConfusingSamples();
    return new ArplConfusingSamples(arpl, samples.getWeight(), gan(samples.getGan()));
  }

  static OpenSetLoss dias(DiasConfig config, int knownClasses) {
    var settings =
        new Dias.Settings(
            config.getFakeWeight(), config.getImitationWeight(), config.getEarlySmoothing());
    return new Dias(knownClasses, settings, gan(config.getGan()));
  }

  private static Gan gan(GanConfig config) {
    return new Gan(
        config.getNoiseSize(),
        config.getGeneratorChannels(),
        config.getDiscriminatorChannels(),
        config.getLearningRate());
  }
}

package org.openmargin.trainer;

import org.openmargin.loss.Arpl;
import org.openmargin.loss.ArplConfusingSamples;
import org.openmargin.loss.Dias;
import org.openmargin.loss.EpochPasses;
import org.openmargin.loss.Gan;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;

/** Losses with networks beside the one that is evaluated. */
public enum SeveralNetworks {
  ARPL_CS,
  DIAS;

  OpenSetLoss loss() {
    return loss(EpochPasses.ALTERNATING);
  }

  private OpenSetLoss loss(EpochPasses passes) {
    var gan = new Gan(8, 8, 2, 2e-4);
    return switch (this) {
      case ARPL_CS -> new ArplConfusingSamples(new Arpl(3, 0.1, 1), 0.1, gan, passes);
      case DIAS -> new Dias(3, new Dias.Settings(0.1, 1, 0.5), gan, passes);
    };
  }

  private OpenSetNetwork network(EpochPasses passes) {
    var tiny = Fixtures.tinyNetwork();
    return new OpenSetNetwork(tiny.input(), tiny.backbone(), loss(passes));
  }

  public Trainer trainer(int epochs) {
    return trainer(epochs, EpochPasses.ALTERNATING);
  }

  Trainer trainer(int epochs, EpochPasses passes) {
    var settings = Fixtures.settings(epochs, Fixtures.adam(), 1e-2, Precision.FLOAT32);
    return new Trainer(network(passes), settings, RuntimeSettings.DETERMINISTIC_CPU);
  }
}

package org.openmargin.trainer;

import org.openmargin.loss.Arpl;
import org.openmargin.loss.ArplConfusingSamples;
import org.openmargin.loss.Dias;
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
    var gan = new Gan(8, 8, 2, 2e-4);
    return switch (this) {
      case ARPL_CS -> new ArplConfusingSamples(new Arpl(3, 0.1, 1), 0.1, gan);
      case DIAS -> new Dias(3, new Dias.Settings(0.1, 1, 0.5), gan);
    };
  }

  OpenSetNetwork network() {
    var tiny = Fixtures.tinyNetwork();
    return new OpenSetNetwork(tiny.input(), tiny.backbone(), loss());
  }

  public Trainer trainer(int epochs) {
    var settings = Fixtures.settings(epochs, Fixtures.adam(), 1e-2, Precision.FLOAT32);
    return new Trainer(network(), settings, RuntimeSettings.DETERMINISTIC_CPU);
  }
}

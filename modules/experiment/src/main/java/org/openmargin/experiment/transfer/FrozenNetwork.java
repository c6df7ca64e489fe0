package org.openmargin.experiment.transfer;

import java.nio.file.Path;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.FrozenBackbone;

/**
 * The network of somebody else, if a backbone is one: it is outside the run, so it must be shown to
 * be the one that was trained on.
 */
public record FrozenNetwork(Backbone backbone) {

  /**
   * Its digest; empty for a backbone of our own.
   *
   * @throws RunException if it is missing, or not the one that the experiment names
   */
  public String sha256() {
    try {
      return backbone instanceof FrozenBackbone frozen ? frozen.sha256() : "";
    } catch (IllegalArgumentException e) {
      throw new RunException("model." + e.getMessage(), e);
    }
  }

  /**
   * @throws RunException as {@link #sha256}
   */
  public FrozenNetwork requirePresent() {
    sha256();
    return this;
  }

  /**
   * @param before digest when training began
   * @throws RunException if it is another one now
   */
  public void requireSame(String before, Path run) {
    var now = sha256();
    if (!now.equals(before)) {
      throw new RunException(
          "model.saved_model: this is not the model that %s was trained on: its digest is %s, it was %s; set model.saved_model.path to that one"
              .formatted(run, now, before));
    }
  }
}

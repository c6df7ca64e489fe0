package org.openmargin.cli.console;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.openmargin.experiment.Experiment;

/** Remarks on standard error, each printed once, even if several steps repeat it. */
public final class Notices implements Consumer<String> {
  private final Console console;
  private final Set<String> said = new HashSet<>();

  public Notices(Console console) {
    this.console = console;
  }

  /** The same experiment, whose notices and work are shown. */
  public Experiment shown(Experiment experiment) {
    return experiment.withNotices(this).withWorkListener(console.status());
  }

  @Override
  public void accept(String sentence) {
    if (said.add(sentence)) {
      console.remark(CommandWords.of(sentence));
    }
  }
}

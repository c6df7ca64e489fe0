package org.openmargin.cli.console;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Remarks on standard error, each printed once, even if several steps repeat it. */
public final class Notices implements Consumer<String> {
  private final Console console;
  private final Set<String> said = new HashSet<>();

  public Notices(Console console) {
    this.console = console;
  }

  @Override
  public void accept(String sentence) {
    if (said.add(sentence)) {
      console.remark(sentence);
    }
  }
}

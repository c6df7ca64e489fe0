package org.openmargin.cli.console;

import java.util.function.Supplier;

/** Says how to go on when the process is told to stop, for example by Ctrl-C. */
public record StopHint(Console console, String hint) {

  /** Does {@code work}; a stop in the meantime prints the hint. */
  public <T> T during(Supplier<T> work) {
    var hook = new Thread(() -> console.error(hint), "stop-hint");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is stopping already, so the hint is due.
      return;
    }
  }
}

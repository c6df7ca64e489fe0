package org.openmargin.cli.console;

import java.util.function.Supplier;

/** Prints how to resume if the process is told to stop, for example by Ctrl-C. */
public record StopHint(Console console, String hint) {

  /** Runs {@code work}; a stop meanwhile prints the hint. */
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
      // Already stopping: the hint is printed.
      return;
    }
  }
}

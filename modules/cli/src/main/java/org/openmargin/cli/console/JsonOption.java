package org.openmargin.cli.console;

import com.google.gson.JsonObject;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** {@code --json}, for commands that report something. */
public final class JsonOption {
  @Option(
      names = "--json",
      description = {
        "Print one JSON object at the end, in place of text. If the command fails, there is none,",
        "but for checks that failed: they are in it."
      })
  private boolean json;

  /** Where text for people goes: nowhere, if an object is wanted. */
  public Console text(Console console) {
    return json ? console.withoutText() : console;
  }

  /** Prints the object, if it is wanted. */
  public void print(Console console, Supplier<JsonObject> results) {
    if (json) {
      console.json(results.get());
    }
  }

  public boolean wanted() {
    return json;
  }
}

package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Path;

/** Exports the measured networks, and writes the requests for Python. */
final class ServedModels {
  private ServedModels() {}

  /** Argument: a folder. */
  public static void main(String[] args) throws IOException {
    for (var network : ServedNetwork.values()) {
      var model = new FreshModel(network, Path.of(args[0]));
      model.export();
      for (var input : Request.Input.values()) {
        Request.of(network, input, Request.MOST).write(model.requests(input));
      }
    }
  }
}

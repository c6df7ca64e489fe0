package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.tensorflow.TensorFlow;

/** How long a server's first client waits, in a process of its own. */
final class FirstAnswer {
  private FirstAnswer() {}

  /** Arguments: folder of the models, network, runner. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var network = ServedNetwork.valueOf(args[1]);
    var model = new FreshModel(network, Path.of(args[0]));
    var pixels = Request.of(network, Request.Input.PIXELS, 1);
    var files = Request.of(network, Request.Input.FILES, 1);
    var library = Turn.once(TensorFlow::version).median();
    var began = System.nanoTime();
    try (var runner = ModelRunner.Kind.valueOf(args[2]).load(model.directory())) {
      var load = (System.nanoTime() - began) * 1e-6;
      System.out.printf(
          "%s, %-11s: TensorFlow's library %.0f ms, load %.0f ms; answers in ms: first of pixels"
              + " %.1f, second %.1f; first of files %.1f, second %.1f%n",
          network,
          args[2],
          library,
          load,
          Turn.once(() -> runner.answer(pixels)).median(),
          Turn.once(() -> runner.answer(pixels)).median(),
          Turn.once(() -> runner.answer(files)).median(),
          Turn.once(() -> runner.answer(files)).median());
    }
  }
}

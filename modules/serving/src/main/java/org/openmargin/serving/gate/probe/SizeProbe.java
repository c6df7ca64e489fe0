package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openmargin.serving.Answers;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.SelfDescription;
import org.openmargin.serving.TensorComparison;
import org.openmargin.serving.TensorFlowCall;
import org.openmargin.serving.TensorProtos;
import org.tensorflow.Tensor;

/**
 * Sends images of other sizes than the network's: what the network sees of them must be what {@code
 * open_set.json} says, and the answer must be the one that this gets by itself. Stored requests are
 * of the network's size, so that they do not show it.
 */
record SizeProbe(LoadedModel model, SelfDescription self) {
  /** Higher, wider, larger and smaller than square, in pixels. */
  private static final List<List<Integer>> SIZES =
      List.of(List.of(61, 40), List.of(23, 90), List.of(150, 149), List.of(5, 7));

  /** Rounding half up, with room for floats near the half. */
  private static final double ROUNDING = 0.55;

  Finding check() {
    try {
      var stated = StatedResize.of(self.description());
      var size = NetworkSize.of(model);
      var problems = new ArrayList<String>();
      if (stated.size().equals(size)) {
        SIZES.forEach(of -> problems.addAll(problems(stated, of.get(0), of.get(1))));
      } else {
        problems.add(
            "open_set.json says that the network's images are %s, the graph %s"
                .formatted(stated.size(), size));
      }
      return Finding.of("images of other sizes are cropped and resized as said", problems);
    } catch (ModelException | IllegalArgumentException e) {
      return new Finding(false, "images of other sizes: " + e.getMessage());
    }
  }

  private List<String> problems(StatedResize stated, int height, int width) {
    var noise = new byte[height * width * stated.size().channels()];
    new Random(height).nextBytes(noise);
    var what = "an image of %d x %d pixels".formatted(height, width);
    try (var images = TensorProtos.images(List.of(noise), height, width, stated.size().channels());
        var seen = seen(images);
        var wanted =
            model.call(
                ModelContract.SERVING_PIXELS,
                Map.of(ModelContract.PIXELS, seen.tensor(ModelContract.PIXELS)));
        var got = model.call(ModelContract.SERVING_DEFAULT, Map.of(ModelContract.IMAGES, images))) {
      var problems = new ArrayList<String>();
      if (!same(seen.floats(ModelContract.PIXELS), stated.of(noise, height, width))) {
        problems.add(what + " is not cropped and resized as open_set.json says");
      }
      for (var name : List.of(ModelContract.LOGITS, ModelContract.EMBEDDING)) {
        var difference =
            TensorComparison.of(
                Map.of(name, TensorProtos.of(got.tensor(name))),
                Map.of(name, TensorProtos.of(wanted.tensor(name))));
        difference.ifPresent(
            found -> problems.add("%s has other %s than what is seen of it".formatted(what, name)));
      }
      return problems;
    }
  }

  /** What the network gets to see. */
  private Answers seen(Tensor images) {
    var signatures = model.meta().getSignatureDefMap();
    var fed =
        signatures
            .get(ModelContract.SERVING_DEFAULT.name())
            .getInputsOrThrow(ModelContract.IMAGES)
            .getName();
    var pixels =
        signatures
            .get(ModelContract.SERVING_PIXELS.name())
            .getInputsOrThrow(ModelContract.PIXELS)
            .getName();
    var runner = model.bundle().session().runner().feed(fed, images).fetch(pixels);
    return TensorFlowCall.of(
        "they cannot be resized", () -> new Answers(runner.run(), List.of(ModelContract.PIXELS)));
  }

  private static boolean same(float[] got, double[] want) {
    var same = got.length == want.length;
    for (var i = 0; same && i < got.length; i++) {
      same = got[i] == Math.rint(got[i]) && Math.abs(got[i] - want[i]) <= ROUNDING;
    }
    return same;
  }
}

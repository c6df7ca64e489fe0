package org.openmargin.serving.gate.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.openmargin.serving.Answers;
import org.openmargin.serving.Finding;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorFlowCall;
import org.tensorflow.types.TInt64;

/**
 * Whether each class's own threshold is the one that {@code open_set.json} says.
 *
 * @param scope of the operations that decide
 */
record ClassTable(LoadedModel model, DeclaredDecision declared, String scope) {

  /** Whether a graph has thresholds by class. */
  static boolean isIn(LoadedModel model) {
    return Stream.of(ModelContract.DECISION, ModelContract.PIXEL_DECISION)
        .anyMatch(scope -> model.bundle().graph().operation(scope + "/class") != null);
  }

  Finding check() {
    var count = declared.byClass().size();
    try (var classes = TInt64.vectorOf(LongStream.range(0, count).toArray());
        var answers = limits(classes)) {
      var limits = answers.floats(ModelContract.THRESHOLD);
      var problems = new ArrayList<String>();
      if (count == 0) {
        problems.add("the graph decides by thresholds of classes, of which open_set.json has none");
      }
      for (var c = 0; c < count; c++) {
        if (limits.length != count || limits[c] != declared.limit(c)) {
          problems.add("class %d is decided by another threshold than said".formatted(c));
        }
      }
      return Finding.of("thresholds of %d classes are as said".formatted(count), problems);
    } catch (ModelException | IllegalArgumentException e) {
      return new Finding(false, "thresholds of classes: " + e.getMessage());
    }
  }

  private Answers limits(TInt64 classes) {
    var runner =
        model.bundle().session().runner().feed(scope + "_best", classes).fetch(scope + "/limit");
    return TensorFlowCall.of(
        "they cannot be read", () -> new Answers(runner.run(), List.of(ModelContract.THRESHOLD)));
  }

  /** The same class again and again. */
  static TInt64 classes(int count, long index) {
    var classes = new long[count];
    Arrays.fill(classes, index);
    return TInt64.vectorOf(classes);
  }
}

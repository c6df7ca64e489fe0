package org.openmargin.speed;

import java.util.Arrays;
import java.util.List;
import org.openmargin.serving.Classification;

/** Times are compared only between runners that give the same answers. */
final class Agreement {
  /** Another version of TensorFlow may differ in the last bits. */
  private static final double TOLERANCE = 1e-4;

  private Agreement() {}

  /**
   * Compares the classifier with the bare session, and the bare session with Python.
   *
   * @throws IllegalStateException if two of them differ
   */
  static void check(List<TimedRunner> runners, Request request) {
    var raw = first(runners, SessionRunner.class);
    var classifier = first(runners, ClassifierRunner.class);
    require(same(classifier.answer(request), raw, request), "the classifier differs");
    System.out.println("  the classifier's answers are those of the bare session, bit for bit");
    for (var runner : runners) {
      if (runner instanceof PythonRunner python) {
        var difference = difference(raw.matrix(request, "logits"), python.greeting().logits());
        require(difference <= TOLERANCE, python.name() + " differs by " + difference);
        System.out.printf("  logits of %s differ by at most %.1e%n", python.name(), difference);
      }
    }
  }

  private static <T> T first(List<TimedRunner> runners, Class<T> type) {
    return runners.stream()
        .filter(TimedRunner.InThisProcess.class::isInstance)
        .map(runner -> ((TimedRunner.InThisProcess) runner).runner())
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static boolean same(List<Classification> answers, SessionRunner raw, Request request) {
    var probabilities = raw.matrix(request, "probabilities");
    var embeddings = raw.matrix(request, "embedding");
    for (var i = 0; i < answers.size(); i++) {
      if (!Arrays.equals(answers.get(i).probabilities(), probabilities[i])
          || !Arrays.equals(answers.get(i).embedding(), embeddings[i])) {
        return false;
      }
    }
    return answers.size() == probabilities.length;
  }

  private static double difference(float[][] logits, double[] others) {
    var columns = logits[0].length;
    require(others.length == logits.length * columns, "the number of logits differs");
    var most = 0.0;
    for (var i = 0; i < others.length; i++) {
      most = Math.max(most, Math.abs(logits[i / columns][i % columns] - others[i]));
    }
    return most;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException("the runners do not agree: " + otherwise);
    }
  }
}

package org.openmargin.speed;

import java.util.Arrays;
import java.util.List;
import org.openmargin.serving.Classification;

/** All say the same, or what they take is not to be compared. */
final class Agreement {
  /** Another version of TensorFlow computes the last bits otherwise. */
  private static final double TOLERANCE = 1e-4;

  private Agreement() {}

  /**
   * Compares the classifier with the bare session, and the bare session with Python.
   *
   * @throws IllegalStateException if two of them differ
   */
  static void check(List<Player> players, Request request) {
    var raw =
        players.stream()
            .filter(
                p -> p instanceof Player.InThisProcess in && in.contestant() instanceof RawSession)
            .map(p -> (RawSession) ((Player.InThisProcess) p).contestant())
            .findFirst()
            .orElseThrow();
    for (var player : players) {
      if (player instanceof PythonPlayer python) {
        var difference = difference(raw.matrix(request, "logits"), python.greeting().logits());
        require(difference <= TOLERANCE, python.name() + " differs by " + difference);
        System.out.printf("  logits of %s differ by at most %.1e%n", python.name(), difference);
      } else if (player instanceof Player.InThisProcess in
          && in.contestant() instanceof ClassifierContestant classifier) {
        require(same(classifier.answer(request), raw, request), "the classifier differs");
        System.out.println("  the classifier's answers are those of the bare session, bit for bit");
      }
    }
  }

  private static boolean same(List<Classification> answers, RawSession raw, Request request) {
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
    require(others.length == logits.length * columns, "another number of logits");
    var most = 0.0;
    for (var i = 0; i < others.length; i++) {
      most = Math.max(most, Math.abs(logits[i / columns][i % columns] - others[i]));
    }
    return most;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException("the contestants do not agree: " + otherwise);
    }
  }
}

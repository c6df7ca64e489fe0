package org.openmargin.speed;

import java.nio.file.Path;

/** Holds a loaded model and answers requests, one after the other or from several threads. */
public interface Contestant extends AutoCloseable {

  /**
   * Answers a request.
   *
   * @return something that depends on the answer
   */
  Object answer(Request request);

  @Override
  void close();

  /** Who answers. */
  enum Kind {
    /** {@code OpenSetClassifier}. */
    CLASSIFIER {
      @Override
      Contestant load(Path version) {
        return ClassifierContestant.load(version);
      }
    },
    /** {@code session.run} with the tensors that the classifier reads, which are not read here. */
    RAW_SESSION {
      @Override
      Contestant load(Path version) {
        return RawSession.load(version);
      }
    };

    /** Loads a version directory. */
    abstract Contestant load(Path version);
  }
}

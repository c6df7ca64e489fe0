package org.openmargin.speed;

import java.nio.file.Path;

/** Holds a loaded model and answers requests, one after the other or from several threads. */
public interface ModelRunner extends AutoCloseable {

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
      ModelRunner load(Path version) {
        return ClassifierRunner.load(version);
      }
    },
    /** {@code session.run} with the tensors that the classifier reads, which are not read here. */
    RAW_SESSION {
      @Override
      ModelRunner load(Path version) {
        return SessionRunner.load(version);
      }
    };

    /** Loads a version directory. */
    abstract ModelRunner load(Path version);
  }
}

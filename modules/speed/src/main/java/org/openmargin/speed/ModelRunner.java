package org.openmargin.speed;

import java.nio.file.Path;

/** A loaded model that answers requests, also from several threads at once. */
public interface ModelRunner extends AutoCloseable {

  /** Answers a request; the returned object depends on the answer. */
  Object answer(Request request);

  @Override
  void close();

  enum Kind {
    /** {@code OpenSetClassifier}. */
    CLASSIFIER {
      @Override
      ModelRunner load(Path version) {
        return ClassifierRunner.load(version);
      }
    },
    /** {@code session.run}: fetches what the classifier reads, but does not read it. */
    RAW_SESSION {
      @Override
      ModelRunner load(Path version) {
        return SessionRunner.load(version);
      }
    };

    abstract ModelRunner load(Path version);
  }
}

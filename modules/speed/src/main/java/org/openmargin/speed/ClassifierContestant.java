package org.openmargin.speed;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.serving.Classification;
import org.openmargin.serving.OpenSetClassifier;

/** The classifier as a user calls it. */
record ClassifierContestant(OpenSetClassifier classifier) implements Contestant {

  static ClassifierContestant load(Path version) {
    return new ClassifierContestant(OpenSetClassifier.load(version));
  }

  @Override
  public List<Classification> answer(Request request) {
    return switch (request.input()) {
      case PIXELS -> classifier.classify(request.contents(), request.sizePx(), request.sizePx());
      case FILES -> classifier.classifyEncoded(request.contents());
    };
  }

  @Override
  public void close() {
    classifier.close();
  }
}

package org.openmargin.speed;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.serving.Classification;
import org.openmargin.serving.OpenSetClassifier;

/** The classifier as a user calls it. */
record ClassifierRunner(OpenSetClassifier classifier) implements ModelRunner {

  static ClassifierRunner load(Path version) {
    return new ClassifierRunner(OpenSetClassifier.load(version));
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

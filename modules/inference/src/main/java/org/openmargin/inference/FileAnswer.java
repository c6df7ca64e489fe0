package org.openmargin.inference;

import java.nio.file.Path;
import java.util.Optional;
import org.openmargin.serving.Classification;

/**
 * What a model says about a file.
 *
 * @param classification empty if the file cannot be used
 * @param problem why it cannot be used; empty if it can
 */
public record FileAnswer(Path file, Optional<Classification> classification, String problem) {

  static FileAnswer of(Path file, Classification classification) {
    return classification.inputOk()
        ? new FileAnswer(file, Optional.of(classification), "")
        : unusable(file, "not an image that the model can read");
  }

  static FileAnswer unusable(Path file, String problem) {
    return new FileAnswer(file, Optional.empty(), problem);
  }
}

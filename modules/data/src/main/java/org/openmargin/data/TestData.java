package org.openmargin.data;

import java.util.List;

/**
 * The data that a trained model is tested on.
 *
 * @param knownClassNames the C known classes, in label order
 * @param known known test: test images of the known classes (closed set)
 * @param unknown unknown test: test images of all other classes (open set)
 */
public record TestData(List<String> knownClassNames, KnownImages known, UnknownImages unknown) {

  public TestData {
    knownClassNames = List.copyOf(knownClassNames);
  }
}

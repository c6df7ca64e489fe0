package org.openmargin.data.source;

import java.util.List;
import java.util.stream.Stream;

/**
 * Image files, divided.
 *
 * @param names of the classes
 */
public record FileParts(
    List<String> names,
    List<LabeledFile> train,
    List<LabeledFile> validation,
    List<LabeledFile> test) {

  public List<LabeledFile> files() {
    return Stream.of(train, validation, test).flatMap(List::stream).toList();
  }
}

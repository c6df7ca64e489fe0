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

  /** An image for each frame of a file. */
  public FileParts eachFrame() {
    return new FileParts(names, eachFrame(train), eachFrame(validation), eachFrame(test));
  }

  private static List<LabeledFile> eachFrame(List<LabeledFile> files) {
    return files.parallelStream().flatMap(LabeledFile::frames).toList();
  }

  public List<LabeledFile> files() {
    return Stream.of(train, validation, test).flatMap(List::stream).toList();
  }
}

package org.openmargin.serving;

import java.util.List;

/**
 * Classifies image files: a model in this JVM, or one on a server. Thread-safe; holds resources
 * until closed.
 */
public interface FileModel extends AutoCloseable {

  /**
   * Classifies image files: JPEG, PNG, and the first frame of GIF, BMP and TIFF files.
   *
   * <p>Each file is read to its end before anything is decoded, as in training, so that there is no
   * answer about half an image.
   *
   * @param files contents of the files
   * @return one answer per file, in order; a file that is no image, damaged, cut off, or of a kind
   *     that is not read is unknown, with its {@link Classification#reason} and what is wrong in
   *     {@link Classification#detail}
   */
  List<Classification> classifyEncoded(List<byte[]> files);

  SelfDescription selfDescription();

  /** Channels of the images: 1 (grey) or 3 (RGB). */
  int channels();

  /** Known classes, in label order. */
  default List<String> classNames() {
    return selfDescription().classNames();
  }

  /** Unknown scores above it mean "unknown". */
  default double threshold() {
    return selfDescription().threshold();
  }

  /** Text of {@code open_set.json}: everything about the model, as JSON. */
  default String description() {
    return selfDescription().description();
  }

  @Override
  void close();
}

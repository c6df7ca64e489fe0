package org.openmargin.data.records;

import java.io.IOException;
import java.util.List;

/** The images of a data set as files, one by one. */
public interface ImageRecords {

  /** In label order. */
  List<String> classNames();

  /** Hands over all images, always in the same order. */
  void forEach(Taker taker) throws IOException;

  /** Receives images. */
  @FunctionalInterface
  interface Taker {
    void take(ImageRecord image) throws IOException;
  }
}

package org.openmargin.data.audit;

import java.util.List;
import org.openmargin.data.Images;

/** A model's embeddings of images: near ones show the same to the model. */
@FunctionalInterface
public interface Embedding {

  /**
   * @param images one each, all of one size
   * @return a vector for each, in order
   */
  List<float[]> of(List<Images> images);
}

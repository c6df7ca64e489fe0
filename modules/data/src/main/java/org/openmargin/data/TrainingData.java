package org.openmargin.data;

import java.util.List;

/**
 * All that training and checkpoint selection may see: known classes, no test images. Code that
 * takes this type cannot reach unknown or test images.
 *
 * @param classNames the C known classes, in label order
 * @param validation images for selection and calibration
 */
public record TrainingData(List<String> classNames, KnownImages train, KnownImages validation) {

  public TrainingData {
    classNames = List.copyOf(classNames);
  }
}

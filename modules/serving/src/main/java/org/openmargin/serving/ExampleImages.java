package org.openmargin.serving;

import java.util.Locale;

/**
 * The images of the examples that are stored with a model: the warm-up requests and {@code
 * golden.json}.
 */
public enum ExampleImages {
  /** Noise and drawn shapes: no image of any data set leaves with the model. */
  DRAWN,
  /** Test images, known and unknown, pixel for pixel. */
  REAL;

  /** As written in {@code open_set.json} and {@code golden.json}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

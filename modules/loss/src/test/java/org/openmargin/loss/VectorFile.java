package org.openmargin.loss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Properties;

/** Published numbers, by name. */
record VectorFile(Properties properties) {

  /** Reads a file from beside the tests. */
  static VectorFile read(String name) {
    var properties = new Properties();
    try (var in = VectorFile.class.getResourceAsStream(name)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new VectorFile(properties);
  }

  double[] values(String key) {
    return Arrays.stream(properties.getProperty(key).split(", ", -1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  int[] labels() {
    return Arrays.stream(values("labels")).mapToInt(label -> (int) label).toArray();
  }
}

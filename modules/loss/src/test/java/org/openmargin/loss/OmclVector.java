package org.openmargin.loss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** One set of margins with its published values, from {@code omcl-vectors.properties}. */
record OmclVector(String name, Properties file) {

  static List<OmclVector> all() {
    var file = new Properties();
    try (var in = OmclVector.class.getResourceAsStream("omcl-vectors.properties")) {
      file.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of("plain", "large_margin", "negative_margin", "other_margin").stream()
        .map(name -> new OmclVector(name, file))
        .toList();
  }

  /** What all vectors have in common: embeddings, prototypes, labels, descriptors. */
  double[] shared(String key) {
    return Arrays.stream(file.getProperty(key).split(", ", -1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  double[] values(String key) {
    return shared(name + "." + key);
  }

  int[] labels() {
    return Arrays.stream(shared("labels")).mapToInt(label -> (int) label).toArray();
  }

  /** The loss of these margins; descriptors are given, so none are drawn. */
  Omcl loss() {
    return new Omcl(
        4,
        new Omcl.Margins(values("margins")[0], values("margins")[1]),
        new OpenSpace(true, 0.1, OpenSpace.Suppression.NONE),
        new Omcl.Scale(10, 0.1));
  }

  @Override
  public String toString() {
    return name;
  }
}

package org.openmargin.loss;

import java.util.List;

/** One set of margins with its published values, from {@code omcl-vectors.properties}. */
record OmclVector(String name, VectorFile file) {

  static List<OmclVector> all() {
    var file = VectorFile.read("omcl-vectors.properties");
    return List.of("plain", "large_margin", "negative_margin", "other_margin").stream()
        .map(name -> new OmclVector(name, file))
        .toList();
  }

  /** What all vectors have in common: embeddings, prototypes, labels, descriptors. */
  double[] shared(String key) {
    return file.values(key);
  }

  double[] values(String key) {
    return file.values(name + "." + key);
  }

  int[] labels() {
    return file.labels();
  }

  /** The loss of these margins; descriptors are given, so none are drawn. */
  Omcl loss() {
    return new Omcl(
        4,
        new Omcl.Margins(values("margins")[0], values("margins")[1]),
        new OpenClass(true, 0.1, Suppression.NONE),
        new Scale(10, 0.1));
  }

  @Override
  public String toString() {
    return name;
  }
}

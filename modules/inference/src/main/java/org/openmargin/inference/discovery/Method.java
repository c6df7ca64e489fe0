package org.openmargin.inference.discovery;

import org.openmargin.scoring.clustering.AverageLinkage;
import org.openmargin.scoring.clustering.Clustering;
import org.openmargin.scoring.clustering.Hdbscan;

/** How images are grouped. */
public sealed interface Method {

  /** By density; see {@link Hdbscan}. */
  record Density(int leastSize, int neighbours) implements Method {}

  /** By mean cosine distance; see {@link AverageLinkage}. */
  record Average(double distance, int leastSize) implements Method {}

  /** The largest group comes first. */
  default Clustering cluster(float[][] embeddings) {
    var found =
        this instanceof Average average
            ? new AverageLinkage(average.distance(), average.leastSize()).cluster(embeddings)
            : density().cluster(embeddings);
    return found.largestFirst();
  }

  private Hdbscan density() {
    var density = (Density) this;
    return new Hdbscan(density.leastSize(), density.neighbours());
  }

  /** In words, with the settings. */
  default String words() {
    return this instanceof Average average
        ? "average linkage up to a cosine distance of %s, at least %d images a group"
            .formatted(average.distance(), average.leastSize())
        : "HDBSCAN, at least %d images a group, core distance to neighbour %d"
            .formatted(density().leastSize(), density().neighbours());
  }
}

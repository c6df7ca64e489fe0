package org.openmargin.inference.discovery;

import com.google.gson.JsonParser;
import java.util.Locale;
import org.openmargin.data.DataException;
import org.openmargin.scoring.clustering.AverageLinkage;
import org.openmargin.scoring.clustering.Clustering;
import org.openmargin.scoring.clustering.Hdbscan;

/** How images are grouped. */
public sealed interface Method {
  /**
   * The mean cosine distance up to which images belong together if a model compares features of
   * earlier layers ({@code scoring.similarity}): these are centred, so images that have nothing in
   * common are at 1. Of seven folds of known classes, each once new, groups by it agree better with
   * the classes than those by density (adjusted Rand index 0.66 against 0.50 among all four).
   */
  double DISTANCE = 0.95;

  /** By density; see {@link Hdbscan}. */
  record Density(int leastSize, int neighbours) implements Method {
    @Override
    public Clustering cluster(float[][] embeddings) {
      return new Hdbscan(leastSize, neighbours).cluster(embeddings).largestFirst();
    }

    @Override
    public String words() {
      return "HDBSCAN, at least %d images a group, core distance to neighbour %d"
          .formatted(leastSize, neighbours);
    }
  }

  /** By mean cosine distance; see {@link AverageLinkage}. */
  record Average(double distance, int leastSize) implements Method {
    @Override
    public Clustering cluster(float[][] embeddings) {
      if (embeddings.length > AverageLinkage.MOST) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "average linkage groups at most %,d images, %,d are rejected; group them by density (HDBSCAN), or in parts",
                AverageLinkage.MOST,
                embeddings.length));
      }
      return new AverageLinkage(distance, leastSize).cluster(embeddings).largestFirst();
    }

    @Override
    public String words() {
      return "average linkage up to a cosine distance of %s, at least %d images a group"
          .formatted(distance, leastSize);
    }
  }

  /**
   * For a model's embeddings: by distance if they are centred, by density if not.
   *
   * @param description the model's {@code open_set.json}
   * @param density the method for embeddings of a last layer
   */
  static Method of(String description, Density density) {
    var head = JsonParser.parseString(description).getAsJsonObject().getAsJsonObject("head");
    return head != null && head.has("embedding")
        ? new Average(DISTANCE, density.leastSize())
        : density;
  }

  /**
   * The largest group comes first.
   *
   * @throws DataException if there are too many images for the method
   */
  Clustering cluster(float[][] embeddings);

  /** In words, with the settings. */
  String words();
}

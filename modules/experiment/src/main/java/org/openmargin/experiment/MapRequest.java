package org.openmargin.experiment;

import java.util.Optional;
import java.util.OptionalDouble;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.map.Space;

/**
 * How to map embeddings.
 *
 * @param perClass most images of a class, at least 2
 * @param perplexity of t-SNE; empty for 30, or less if there are too few points
 * @param seed chooses the images and starts t-SNE
 * @param space of the maps and distances; empty for what the head sees: embeddings of unit length
 *     for a cosine head, otherwise embeddings as they are
 */
public record MapRequest(
    int perClass, OptionalDouble perplexity, long seed, Optional<Space> space) {
  /** At most 200 images of each class, the usual perplexity, seed 0. */
  public static final MapRequest DEFAULT =
      new MapRequest(200, OptionalDouble.empty(), 0, Optional.empty());

  /** Refuses what cannot be mapped, with a {@link RunException}. */
  public MapRequest {
    if (perClass < 2) {
      throw new RunException(
          "a map needs at least 2 images per class (--per-class), not " + perClass);
    }
  }
}

package org.openmargin.experiment;

import java.util.Optional;
import java.util.OptionalDouble;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.map.Space;

/**
 * How to map embeddings.
 *
 * @param perClass most images per class, at least 2
 * @param perplexity of t-SNE; empty for 30, or less if there are too few points
 * @param seed chooses the images and starts t-SNE
 * @param space of the maps and distances; empty for the head's: embeddings of unit length for a
 *     cosine head, otherwise unchanged embeddings
 */
public record MapRequest(
    int perClass, OptionalDouble perplexity, long seed, Optional<Space> space) {
  /** At most 200 images of each class, the usual perplexity, seed 0. */
  public static final MapRequest DEFAULT =
      new MapRequest(200, OptionalDouble.empty(), 0, Optional.empty());

  /** Throws a {@link RunException} for fewer than 2 images per class. */
  public MapRequest {
    if (perClass < 2) {
      throw new RunException(
          "a map needs at least 2 images per class (MapRequest.perClass), not " + perClass);
    }
  }
}

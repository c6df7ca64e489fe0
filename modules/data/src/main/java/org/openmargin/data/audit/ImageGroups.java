package org.openmargin.data.audit;

import java.util.Optional;

/** Which patient, slide or site an image is of: as a pseudonym, never in clear. */
@FunctionalInterface
public interface ImageGroups {
  ImageGroups NONE = (split, id) -> Optional.empty();

  /** Pseudonym of an image's group; empty if it has none. */
  Optional<String> of(String split, String id);
}

package org.openmargin.data.entry;

import java.util.Optional;

/**
 * What a data set says of one image.
 *
 * @param id unique in the data set: a path relative to it, or a name such as {@code train/000123}
 * @param label the class's name
 * @param split the part it is in; empty if the data set is not divided yet
 * @param group what must not lie on both sides of a division: a patient, slide, animal or plate;
 *     empty if the image is alone
 * @param site where it was made: a hospital or scanner; empty if not said
 */
public record DataEntry(
    String id, String label, Optional<Split> split, Optional<String> group, Optional<String> site) {

  public DataEntry in(Split part) {
    return new DataEntry(id, label, Optional.of(part), group, site);
  }
}

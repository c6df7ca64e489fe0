package org.openmargin.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a data set comes from: a file, folders, or a drawing procedure. */
public interface DataSource {

  /**
   * Reads the data set. Two calls give equal data sets as long as the source does not change.
   *
   * @throws DataException if anything is missing, damaged or inconsistent; one exception names all
   *     faults found
   */
  Dataset load();

  /**
   * Quickly checks, without reading images, that what {@link #load} needs exists.
   *
   * @throws DataException if a file or folder is missing
   */
  default void requirePresent() {}

  /**
   * Sizes of a sample of the training images before they are resized; empty if the source does not
   * know.
   *
   * @throws DataException as {@link #load} does
   */
  default Optional<ImageSizes> trainingSizes() {
    return Optional.empty();
  }

  /**
   * Facts about the files of the images, by the ids of the images; empty if there is not one file
   * for each.
   *
   * @throws DataException as {@link #load} does
   */
  default Map<String, FileFacts> fileFacts() {
    return Map.of();
  }

  /**
   * Names of several sources in one. The ids of the images of each begin with its name and a slash.
   * Empty for a source that is one.
   */
  default List<String> sourceNames() {
    return List.of();
  }

  /**
   * A group with images in several parts of a given division.
   *
   * @param group as the images name it
   * @param number that stands for it where it is named: its name may be that of a patient
   * @param accepted whether it may be so; else {@link #load} refuses it
   */
  record CrossingGroup(String group, String number, boolean accepted) {}

  /**
   * Groups with images in several parts of a given division, accepted or not; empty if the source
   * does not look for any.
   *
   * @throws DataException if the division cannot be read
   */
  default List<CrossingGroup> crossingGroups() {
    return List.of();
  }

  /**
   * The same source, but each of {@link #crossingGroups} is accepted: for an audit, which names
   * them beside all else.
   *
   * @throws DataException if the division cannot be read
   */
  default DataSource acceptingCrossingGroups() {
    return this;
  }
}

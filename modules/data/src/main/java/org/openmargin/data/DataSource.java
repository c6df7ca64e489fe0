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
}

package org.openmargin.data;

/** Where a data set comes from: a file, folders, or a drawing procedure. */
public interface DataSource {

  /**
   * Reads all of the data set into memory. Two calls give equal data sets as long as what is read
   * does not change.
   *
   * @return the data set with its train, validation and test images
   * @throws DataException when something is missing, damaged or inconsistent; one exception names
   *     all that was found
   */
  Dataset load();

  /**
   * A quick check, without reading images, that what {@link #load} reads exists.
   *
   * @throws DataException if a file or folder is missing
   */
  default void requirePresent() {}
}

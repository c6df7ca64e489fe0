package org.openmargin.experiment;

import java.nio.file.Path;

/** Where downloaded data sets lie. */
public final class DataFolder {
  private DataFolder() {}

  /**
   * @param configured a folder, or empty for {@code ~/.openmargin/data}
   */
  public static Path of(String configured) {
    return configured.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".openmargin", "data")
        : Path.of(configured);
  }
}

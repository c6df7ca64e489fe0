package org.openmargin.data.manifest;

/**
 * Which column of a manifest says what. An empty name finds the column by its usual names, such as
 * {@code filename} or {@code patient_id}; {@code -} means that there is none.
 *
 * @param path of the image file
 * @param id in place of a path: SOP Instance UIDs of DICOM files
 * @param label the class
 * @param split the part: train, validation or test
 * @param group what must not lie on both sides of a division: patient, slide
 * @param site where the image was made
 */
public record ManifestColumns(
    String path, String id, String label, String split, String group, String site) {

  static final String NONE = "-";

  /** All by their usual names. */
  public static final ManifestColumns USUAL = new ManifestColumns("", "", "", "", "", "");
}

package org.openmargin.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.manifest.ManifestColumns;
import picocli.CommandLine.Option;

/** Which columns a manifest has. */
final class ManifestOptions {
  @Option(
      names = "--path",
      paramLabel = "COLUMN",
      defaultValue = "",
      description = "Column of image paths. Default: path, file, filename, image, ...")
  private String path;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      defaultValue = "",
      description = {
        "Column of SOP Instance UIDs, in place of paths: the DICOM files are below --root. Default:",
        "sop_instance_uid, ..., if there is no column of paths."
      })
  private String id;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "",
      description = "Column of classes. Default: label, class, diagnosis, ...")
  private String label;

  @Option(
      names = {"--by", "--group"},
      paramLabel = "COLUMN",
      defaultValue = "",
      description = {
        "Column of what must not lie on both sides: patient, slide. Default: group, patient_id,",
        "subject, case, slide_id, ...; - for none."
      })
  private String group;

  @Option(
      names = "--site",
      paramLabel = "COLUMN",
      defaultValue = "",
      description = "Column of sites. Default: site, hospital, centre, ...")
  private String site;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Folder that paths are relative to. Default: that of the manifest.")
  private Optional<Path> root;

  @Option(
      names = "--suffix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Added to each path, such as .jpg.")
  private String suffix;

  /**
   * @param split column of parts: empty for its usual names, {@code -} for none
   */
  Manifest.Settings settings(String split) {
    var columns = new ManifestColumns(path, id, label, split, group, site);
    return new Manifest.Settings(columns, root, suffix, List.of(), List.of());
  }
}

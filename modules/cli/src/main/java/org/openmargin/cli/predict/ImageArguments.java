package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.cli.console.Console;
import picocli.CommandLine.Parameters;

/** The arguments IMAGE|DIR, all but the first. */
public final class ImageArguments {
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE|DIR",
      description =
          "JPEG, PNG, GIF, BMP, TIFF, WebP or DICOM files, or folders of them, including subfolders.")
  private List<Path> arguments;

  /** As they were given. */
  public List<Path> paths() {
    return arguments;
  }

  /**
   * The files, also those of folders; says which folders have other files. See {@link
   * ImagePaths#of}.
   */
  public List<Path> files(Console console) {
    var found = ImagePaths.of(arguments);
    found.skipped().forEach(console::remark);
    return found.files();
  }
}

package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The arguments IMAGE|DIR, after that of the model. */
public final class ImageArguments {
  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE|DIR",
      description =
          "JPEG, PNG, GIF, BMP, TIFF, WebP or DICOM files, or folders of them, including subfolders.")
  private List<Path> images;

  /** As they were given. */
  List<Path> given() {
    return images;
  }

  /** See {@link ImagePaths#of}. */
  public ImagePaths find() {
    return ImagePaths.of(images);
  }
}

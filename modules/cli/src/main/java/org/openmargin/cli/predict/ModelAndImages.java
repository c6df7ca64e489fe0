package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.cli.console.Console;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The arguments SAVEDMODEL IMAGE|DIR... */
public final class ModelAndImages {
  /** What images are. */
  static final String IMAGES =
      "JPEG, PNG, GIF, BMP, TIFF, WebP or DICOM files, or folders of them, including subfolders.";

  @Mixin private ModelArgument model;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE|DIR", description = IMAGES)
  private List<Path> images;

  /**
   * The files, also those of folders; says which folders have other files. See {@link
   * ImagePaths#of}.
   */
  public List<Path> files(Console console) {
    var found = ImagePaths.of(images);
    found.skipped().forEach(console::remark);
    return found.files();
  }

  /** See {@link ModelArgument#require}. */
  public Path requireModel(Console console) {
    return model.require(console);
  }
}

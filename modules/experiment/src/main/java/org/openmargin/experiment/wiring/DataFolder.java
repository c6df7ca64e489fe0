package org.openmargin.experiment.wiring;

import java.nio.file.Path;
import org.openmargin.data.source.MedMnist;
import org.openmargin.files.ShellWord;

/** The folder of downloaded data sets. */
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

  /**
   * The command that downloads a set to where the experiment expects it.
   *
   * @param configured as for {@link #of}
   */
  public static String fetching(MedMnist set, int sizePx, String configured) {
    return "openmargin data download %s --size %d%s"
        .formatted(
            set.name(), sizePx, configured.isEmpty() ? "" : " --to " + ShellWord.of(configured));
  }
}

package org.openmargin.experiment.wiring;

import java.nio.file.Path;
import org.openmargin.data.download.Download;
import org.openmargin.data.source.MedMnist;

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
   * Downloads a MedMNIST set to where an experiment expects it; a file that is there is verified.
   *
   * @param configured as for {@link #of}
   * @return the file
   * @throws org.openmargin.data.DataException if there is no such set or size, or it cannot be had
   */
  public static Path download(String set, int sizePx, String configured) {
    var found = MedMnist.named(set);
    var target = of(configured).resolve(found.fileName(sizePx));
    return new Download(found.uri(sizePx), target, found.md5(sizePx)).run(Download.Progress.SILENT);
  }

  /** The call of {@link #download}, for messages. */
  static String fetching(MedMnist set, int sizePx, String configured) {
    return "DataFolder.download(\"%s\", %d, \"%s\")".formatted(set.name(), sizePx, configured);
  }
}

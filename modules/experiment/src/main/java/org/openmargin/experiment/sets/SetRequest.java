package org.openmargin.experiment.sets;

import java.nio.file.Path;
import java.util.List;
import org.openmargin.data.shift.Corruption;
import org.openmargin.experiment.folder.RunException;

/**
 * Images to evaluate besides the test images. They influence no scorer, threshold or checkpoint.
 *
 * @param foreign folders of images that should be rejected: each sub-folder is a group, and so are
 *     the files directly in a folder
 * @param shifted folders of images of known classes from elsewhere, with a folder for each class
 * @param severities of the corruptions of known test images, 1 to 5; empty for none
 */
public record SetRequest(List<Path> foreign, List<Path> shifted, List<Integer> severities) {
  /** No folders; corruptions of middle severity. */
  public static final SetRequest DEFAULT = new SetRequest(List.of(), List.of(), List.of(3));

  public SetRequest {
    foreign = List.copyOf(foreign);
    shifted = List.copyOf(shifted);
    severities = severities.stream().distinct().sorted().toList();
    for (var severity : severities) {
      if (severity < 1 || severity > Corruption.MOST) {
        throw new RunException(
            "severity %d: corruptions have severities 1 to %d"
                .formatted(severity, Corruption.MOST));
      }
    }
  }

  /** The same with other folders of foreign images. */
  public SetRequest withForeign(List<Path> folders) {
    return new SetRequest(folders, shifted, severities);
  }

  /** The same with other folders of shifted images. */
  public SetRequest withShifted(List<Path> folders) {
    return new SetRequest(foreign, folders, severities);
  }
}

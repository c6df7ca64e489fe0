package org.openmargin.experiment;

import java.nio.file.Path;
import org.openmargin.profiler.ProfileSettings;

/**
 * How to profile.
 *
 * @param folder for profile.json and trace.json
 * @param settings how many steps
 */
public record ProfileRequest(Path folder, ProfileSettings settings) {

  /** With the default number of steps. */
  public static ProfileRequest in(Path folder) {
    return new ProfileRequest(folder, ProfileSettings.DEFAULT);
  }
}

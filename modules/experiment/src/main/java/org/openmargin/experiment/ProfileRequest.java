package org.openmargin.experiment;

import java.nio.file.Path;
import org.openmargin.profiler.ProfileSettings;

/**
 * What to profile, and where the files go.
 *
 * @param folder for profile.json and trace.json
 * @param settings how many steps
 */
public record ProfileRequest(Path folder, ProfileSettings settings) {

  /** The usual number of steps. */
  public static ProfileRequest in(Path folder) {
    return new ProfileRequest(folder, ProfileSettings.DEFAULT);
  }
}

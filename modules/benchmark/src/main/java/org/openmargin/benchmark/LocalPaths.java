package org.openmargin.benchmark;

import java.util.List;
import java.util.regex.Pattern;
import org.openmargin.config.v1.Provenance;

/** Removes this machine's paths from result files. */
final class LocalPaths {
  /** An absolute path up to its last name. */
  private static final Pattern FOLDERS =
      Pattern.compile("(?<![\\w.~/\\\\])(~|[A-Za-z]:)?[/\\\\]([^\\s:,;='\"/\\\\]+[/\\\\]+)*");

  private LocalPaths() {}

  /** The text with absolute paths cut down to their last name. */
  static String removedFrom(String text) {
    return FOLDERS.matcher(text).replaceAll("");
  }

  /**
   * Drops environment variables that hold paths, and sets a command that works on any machine.
   *
   * @param command its words
   */
  static Provenance removedFrom(Provenance provenance, List<String> command) {
    // The run folder has the libraries; a line of results would be three times as long.
    var portable = provenance.toBuilder().clearEnvironment().clearLibraries();
    provenance
        .getEnvironmentMap()
        .forEach(
            (name, value) -> {
              if (removedFrom(value).equals(value)) {
                portable.putEnvironment(name, value);
              }
            });
    return portable.setCommand(removedFrom(String.join(" ", command))).build();
  }
}

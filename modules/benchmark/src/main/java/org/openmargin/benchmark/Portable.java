package org.openmargin.benchmark;

import java.util.List;
import java.util.regex.Pattern;
import org.openmargin.config.v1.Provenance;

/** Takes the machine's own paths out of what is kept in result files. */
final class Portable {
  /** An absolute path up to its last name. */
  private static final Pattern FOLDERS =
      Pattern.compile("(?<![\\w.~/\\\\])(~|[A-Za-z]:)?[/\\\\]([^\\s:,;='\"/\\\\]+[/\\\\]+)*");

  private Portable() {}

  /** The text with absolute paths cut down to their last name. */
  static String text(String text) {
    return FOLDERS.matcher(text).replaceAll("");
  }

  /**
   * Without paths of the environment and with a command that holds on any machine.
   *
   * @param command its words
   */
  static Provenance provenance(Provenance provenance, List<String> command) {
    var portable = provenance.toBuilder().clearEnvironment();
    provenance
        .getEnvironmentMap()
        .forEach(
            (name, value) -> {
              if (text(value).equals(value)) {
                portable.putEnvironment(name, value);
              }
            });
    return portable.setCommand(text(String.join(" ", command))).build();
  }
}

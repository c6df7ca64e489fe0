package org.openmargin.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.openmargin.config.plan.TrialName;

/**
 * Output of a trial's processes, all attempts.
 *
 * @param file a line beginning with {@code ---} starts each attempt
 */
record TrialLog(Path file) {
  private static final String ATTEMPT = "--- ";
  private static final String ERROR = "openmargin: ";

  void begin(TrialName trial) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var header =
        ATTEMPT + "%s, %s%n".formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), trial);
    Files.writeString(file, header, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The last error message of the last attempt, if there is one. */
  Optional<String> lastError() {
    var text = ResultFormat.content(file).orElse("");
    var last = text.substring(Math.max(0, text.lastIndexOf("\n" + ATTEMPT)));
    return last.lines()
        .filter(line -> line.startsWith(ERROR))
        .reduce((before, after) -> after)
        .map(line -> line.substring(ERROR.length()));
  }
}

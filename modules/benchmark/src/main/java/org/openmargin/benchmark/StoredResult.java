package org.openmargin.benchmark;

import java.nio.file.Path;
import org.openmargin.config.v1.TrialResult;

/**
 * A result as it was found in a file.
 *
 * @param file a single result or a packed file
 * @param line of the packed file, from 1; 0 for a single result
 * @param result empty if it could not be read
 * @param fault what is wrong; empty if the result is valid for its trial
 */
record StoredResult(Path file, int line, TrialResult result, String fault) {

  boolean valid() {
    return fault.isEmpty();
  }

  StoredResult withFault(String found) {
    return new StoredResult(file, line, result, found);
  }

  /** File, and line of a packed file. */
  String place() {
    return line == 0 ? file.toString() : "%s, line %d".formatted(file, line);
  }

  TrialState.Stale stale() {
    return new TrialState.Stale(file, line == 0 ? fault : "line %d: %s".formatted(line, fault));
  }
}

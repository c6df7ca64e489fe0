package org.openmargin.benchmark;

import java.nio.file.Path;
import java.util.Optional;
import org.openmargin.config.v1.TrialResult;

/**
 * A result as found in a file.
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

  /** The file, and the line if it is packed. */
  String place() {
    return line == 0 ? file.toString() : "%s, line %d".formatted(file, line);
  }

  /** The conflict with another result of the trial, if both are valid but differ. */
  Optional<String> conflictWith(StoredResult other) {
    return valid() && other.valid() && !result.equals(other.result)
        ? Optional.of(
            "%s and %s hold different results of %s; remove one of them"
                .formatted(place(), other.place(), ResultCheck.name(result)))
        : Optional.empty();
  }

  TrialState.Stale stale() {
    return new TrialState.Stale(file, line == 0 ? fault : "line %d: %s".formatted(line, fault));
  }
}

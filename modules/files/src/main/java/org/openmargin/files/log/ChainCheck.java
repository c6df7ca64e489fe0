package org.openmargin.files.log;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * What a look through a whole log finds.
 *
 * @param lines that are whole and in order, up to the first fault
 * @param fault the first, with its line; empty if there is none
 */
public record ChainCheck(long lines, Optional<String> fault) {

  /**
   * Reads a log from its first line to its last, and its head. While another process appends, its
   * last lines may look as if they were not in the head yet: that is no fault.
   *
   * @throws IOException if it cannot be read
   */
  public static ChainCheck of(ChainedLog log) throws IOException {
    // First: lines that are appended meanwhile come after it.
    var head = log.readHead();
    var before = ChainedLine.NONE;
    var reached = head.isEmpty();
    try (var lines = Files.newBufferedReader(log.file())) {
      for (var text = lines.readLine(); text != null; text = lines.readLine()) {
        var line = ChainedLine.read(text);
        var fault = fault(line, before, log.key());
        if (fault.isPresent()) {
          var where = "line %d: ".formatted(before.number() + 1);
          return new ChainCheck(before.number(), Optional.of(where + fault.get()));
        }
        before = line.orElseThrow();
        reached |= head.filter(before::isAt).isPresent();
      }
    }
    return new ChainCheck(before.number(), end(head, before, reached));
  }

  private static Optional<String> fault(
      Optional<ChainedLine> line, ChainedLine before, Optional<SiteKey> key) {
    if (line.isEmpty()) {
      return Optional.of("it is not a whole line of such a log");
    }
    var found = line.get();
    if (found.number() != before.number() + 1) {
      return Optional.of(
          "it has number %d: lines were removed, inserted or moved".formatted(found.number()));
    }
    if (!found.isIntact(key)) {
      return Optional.of(
          key.isPresent()
              ? "it was changed, or written with another key or without one"
              : "it was changed, or written with a key");
    }
    return found.previous().equals(before.hash())
        ? Optional.empty()
        : Optional.of("it does not follow the line before, which was replaced");
  }

  private static Optional<String> end(
      Optional<ChainedLine> head, ChainedLine last, boolean reached) {
    if (head.isEmpty()) {
      return last.number() == 0
          ? Optional.empty()
          : Optional.of(
              "end: there is no head beside the log, so lines may be missing after line %d"
                  .formatted(last.number()));
    }
    return reached
        ? Optional.empty()
        : Optional.of(
            "end: the head says line %d; %d are there: lines at the end were removed or replaced"
                .formatted(head.get().number(), last.number()));
  }
}

package org.openmargin.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs side by side, one row each, with links to their reports.
 *
 * @param runs at least one
 * @param file where the page will be; links are relative to it
 */
record Comparison(List<EvaluatedRun> runs, Path file) {

  /** Whether all were evaluated on the same images and classes. */
  boolean sameTest() {
    return runs.stream().map(Comparison::test).distinct().count() == 1;
  }

  private static List<Object> test(EvaluatedRun run) {
    return List.of(
        run.provenance().getDataSha256(),
        run.evaluation().getKnownClassesList(),
        run.evaluation().getUnknownClassesList(),
        run.evaluation().getRehearsal());
  }

  /** A relative address if both have the same root, otherwise an absolute one. */
  String link(EvaluatedRun run) {
    var from = file.toAbsolutePath().normalize().getParent();
    var to = run.files().report().toAbsolutePath().normalize();
    if (!from.getRoot().equals(to.getRoot())) {
      return to.toUri().toString();
    }
    try {
      var path = "./" + from.relativize(to).toString().replace('\\', '/');
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.openmargin.serving.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.exporter.PlainSession;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.Finding;

/** Breaks a model. Its name says what is done, and behind a colon what is found. */
interface ModelFault {
  void apply(Path model) throws IOException;

  /** Breaks it, renews its digests, as anybody can, and asks the gate what is wrong. */
  default List<String> problems(Path model) throws IOException {
    apply(model);
    FileDigests.of(model).write(model);
    return found(model);
  }

  /** What the gate finds wrong with a model. */
  static List<String> found(Path model) {
    return new ModelGate(PlainSession.CONFIG)
        .check(model).stream().filter(finding -> !finding.ok()).map(Finding::what).toList();
  }

  /** The part of a name behind the colon. */
  static String wanted(String name) {
    return name.substring(name.indexOf(": ") + 2);
  }
}

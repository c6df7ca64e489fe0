package org.openmargin.experiment;

/** A setting that validation should have refused. */
final class Unspecified {
  private Unspecified() {}

  static RunException field(String path) {
    return new RunException(path + ": not set; experiments built in Java must be resolved");
  }
}

package org.openmargin.experiment.provenance;

/** Which OpenMargin this is. */
public final class SoftwareVersion {
  private SoftwareVersion() {}

  /** Its version, or "development" outside a jar. */
  public static String current() {
    var version = SoftwareVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

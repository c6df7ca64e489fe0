package org.openmargin.data.audit;

/**
 * How closely an audit looks.
 *
 * @param limit least correlation of two thumbnails that show the same, above 0 and at most 1
 * @param turned whether turned and mirrored copies count as nearly equal
 * @param cropped whether copies whose edges are cropped, by up to a tenth of the side, do
 */
public record AuditSettings(double limit, boolean turned, boolean cropped) {

  /** 0.97, neither turned nor cropped; modules/data/README.md says what that finds. */
  public static final AuditSettings DEFAULT = new AuditSettings(0.97, false, false);

  public AuditSettings {
    if (!(limit > 0 && limit <= 1)) {
      throw new IllegalArgumentException("the least correlation must be above 0 and at most 1");
    }
  }
}

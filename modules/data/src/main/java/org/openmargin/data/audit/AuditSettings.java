package org.openmargin.data.audit;

/**
 * How closely an audit looks.
 *
 * @param limit least correlation of two thumbnails that show the same, above 0 and at most 1
 * @param turned whether turned and mirrored copies count as nearly equal
 */
public record AuditSettings(double limit, boolean turned) {

  /** 0.97, not turned; modules/data/README.md says what that finds. */
  public static final AuditSettings DEFAULT = new AuditSettings(0.97, false);

  public AuditSettings {
    if (!(limit > 0 && limit <= 1)) {
      throw new IllegalArgumentException("the least correlation must be above 0 and at most 1");
    }
  }
}

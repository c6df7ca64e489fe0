package org.openmargin.serving.gallery;

import java.time.Instant;

/**
 * An entry of a gallery's history. It names no file.
 *
 * @param by who made the change
 * @param identity concerned; empty for all
 * @param images added or removed
 */
public record GalleryChange(Instant time, String by, Action action, String identity, long images) {

  public enum Action {
    CREATED,
    ENROLLED,
    RENAMED,
    REMOVED,
    CALIBRATED
  }
}

package org.openmargin.serving.gallery;

import org.openmargin.serving.Reason;

/**
 * A gallery's answer for one image.
 *
 * @param identity an enrolled name, or "unknown"
 * @param similarity to the most similar identity, in [-1, 1]; -1 if the image cannot be used
 * @param unknown whether the image is rejected: not (similarity &gt;= threshold)
 * @param bestIdentity the most similar identity, even if the image is rejected; "unknown" if the
 *     image cannot be used
 * @param reason why it is rejected: {@code not_similar}, or what the model found wrong with the
 *     image; {@code ok} if it is accepted
 */
public record Identification(
    String identity, double similarity, boolean unknown, String bestIdentity, String reason) {
  public static final String OK = Reason.OK.code();

  /** No identity is similar enough. */
  public static final String NOT_SIMILAR = "not_similar";

  /** The embedding holds a number that is not finite. */
  public static final String NOT_FINITE = Reason.NOT_FINITE.code();
}

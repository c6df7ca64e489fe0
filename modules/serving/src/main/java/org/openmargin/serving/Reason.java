package org.openmargin.serving;

import java.util.Arrays;
import java.util.Locale;

/**
 * Why a row is rejected, where it is not by its score alone: the output {@code reason} of the image
 * signatures. Of several the first counts, in the order of {@link #NOT_AN_IMAGE} to {@link
 * #UNUSUAL_INPUT}. All but {@link #OK} and {@link #UNUSUAL_INPUT} reject a row without a score.
 */
public enum Reason {
  /** The score decided. */
  OK(""),
  /** The file begins like none that is read, or is of a kind that is not, such as CMYK. */
  NOT_AN_IMAGE("not an image that the model can read"),
  /** The file claims more pixels than are decoded. */
  TOO_LARGE("more pixels than are decoded"),
  /** The file is cut off or damaged. */
  TRUNCATED("damaged or cut off"),
  /** The network or the scorer gave a number that is not finite. */
  NOT_FINITE("the model gives a number that is not finite"),
  /** The score rejects, and the image is of no usual kind at all; the row is a full one. */
  UNUSUAL_INPUT("unlike any image of the training"),
  /** A server gave no answer; a model never says this itself. */
  NO_ANSWER("the server gives no answer");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** As the model writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people; empty for {@link #OK}. */
  public String text() {
    return text;
  }

  /**
   * The reason of a code.
   *
   * @throws ModelException if there is no such code
   */
  public static Reason of(String code) {
    return Arrays.stream(values())
        .filter(reason -> reason.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new ModelException("the model gives a reason that is none: " + code));
  }

  /** Whether pixels were there to look at. */
  public boolean decoded() {
    return scored() || this == NOT_FINITE;
  }

  /** Whether the row has a score, by which it is accepted or rejected. */
  public boolean scored() {
    return this == OK || this == UNUSUAL_INPUT;
  }
}

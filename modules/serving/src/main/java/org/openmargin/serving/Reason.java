package org.openmargin.serving;

import java.util.Arrays;
import java.util.Locale;

/**
 * Why a row was rejected without a look at its score, or that it was not: the output {@code reason}
 * of the image signatures. Of several the first counts, in the order of {@link #NOT_AN_IMAGE} to
 * {@link #NOT_FINITE}.
 */
public enum Reason {
  /** The score decided. */
  OK,
  /** The file begins like none that is read. */
  NOT_AN_IMAGE,
  /** The file claims more pixels than are decoded. */
  TOO_LARGE,
  /** The file is of a kind that decoders read differently, such as CMYK. */
  UNUSUAL_INPUT,
  /** The file is cut off or damaged. */
  TRUNCATED,
  /** The network or the scorer gave a number that is not finite. */
  NOT_FINITE;

  /** As the model writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
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
    return this == OK || this == NOT_FINITE;
  }
}

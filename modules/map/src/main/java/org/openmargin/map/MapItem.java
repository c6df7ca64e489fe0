package org.openmargin.map;

import java.util.Locale;
import java.util.Optional;

/**
 * One point of a map: a test image, or a prototype of the head.
 *
 * @param id name of the image, or {@code prototype/<class>}
 * @param className the true class
 * @param role what the point is
 * @param answer of the network; empty for a prototype
 * @param embedding [d], as the backbone or the head has it
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record MapItem(
    String id, String className, Role role, Optional<Answer> answer, float[] embedding) {

  /** What a point is. */
  public enum Role {
    KNOWN,
    UNKNOWN,
    PROTOTYPE;

    /** As files spell it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param prediction name of the known class of the largest logit, rejected or not
   * @param unknownScore of the scorer that decides
   */
  public record Answer(String prediction, double unknownScore) {}

  /** The prototype of a known class. */
  public static MapItem prototype(String className, float[] vector) {
    return new MapItem(
        "prototype/" + className, className, Role.PROTOTYPE, Optional.empty(), vector);
  }

  /** Whether it is a test image. */
  public boolean isImage() {
    return role != Role.PROTOTYPE;
  }
}

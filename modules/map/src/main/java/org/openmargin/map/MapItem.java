package org.openmargin.map;

import java.util.Locale;
import java.util.Optional;

/**
 * One point of a map: a test image, or a prototype of the head.
 *
 * @param id name of the image, or {@code prototype/<class>}
 * @param className the true class
 * @param answer of the network; empty for a prototype
 * @param embedding [d], as it is in the backbone or the head
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract, never compared
public record MapItem(
    String id, String className, Role role, Optional<Answer> answer, float[] embedding) {

  public enum Role {
    KNOWN,
    UNKNOWN,
    PROTOTYPE;

    /** The spelling in files. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param prediction known class with the largest logit, rejected or not
   * @param unknownScore from the deciding scorer
   */
  public record Answer(String prediction, double unknownScore) {}

  public static MapItem prototype(String className, float[] vector) {
    return new MapItem(
        "prototype/" + className, className, Role.PROTOTYPE, Optional.empty(), vector);
  }

  /** False for a prototype. */
  public boolean isImage() {
    return role != Role.PROTOTYPE;
  }
}

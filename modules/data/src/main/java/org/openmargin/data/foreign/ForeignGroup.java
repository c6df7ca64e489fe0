package org.openmargin.data.foreign;

import java.util.List;
import org.openmargin.data.Images;

/**
 * Foreign images of one kind, at the network's input size.
 *
 * @param found images or files there are, of which {@code images} may be a part
 * @param unreadable files that could not be decoded, with the reason
 */
public record ForeignGroup(
    String name, Origin origin, Images images, int found, List<String> unreadable) {

  /** Where the images come from. */
  public enum Origin {
    /** Drawn. */
    GENERATED,
    /** Known test images, distorted. */
    DERIVED,
    /** Files of the user. */
    GIVEN
  }

  public ForeignGroup {
    unreadable = List.copyOf(unreadable);
  }

  static ForeignGroup of(String name, Origin origin, Images images) {
    return new ForeignGroup(name, origin, images, images.count(), List.of());
  }
}

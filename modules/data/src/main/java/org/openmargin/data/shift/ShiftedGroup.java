package org.openmargin.data.shift;

import java.util.List;
import org.openmargin.data.KnownImages;

/**
 * Images of known classes under one shift, at the network's input size.
 *
 * @param images in any number of lists
 * @param found images or files there are, of which {@code images} may be a part
 * @param unreadable files that could not be decoded, with the reason
 */
public record ShiftedGroup(
    String name, Origin origin, List<KnownImages> images, int found, List<String> unreadable) {

  /** Where the images come from. */
  public enum Origin {
    /** Known test images, corrupted. */
    CORRUPTED,
    /** Files of the user. */
    GIVEN
  }

  public ShiftedGroup {
    images = List.copyOf(images);
    unreadable = List.copyOf(unreadable);
  }
}

package org.openmargin.files.image;

import java.util.Arrays;
import java.util.List;

/**
 * The frame of a JPEG file (ITU-T T.81, B.2.2).
 *
 * @param progressive whether scans refine one another
 * @param mcusAcross columns of MCUs, the smallest parts that hold whole blocks of 8 x 8 of each
 *     component
 */
record JpegFrame(
    int width,
    int height,
    boolean progressive,
    int mcusAcross,
    int mcusDown,
    List<Component> components) {
  private static final int UNSEEN = -1;

  static JpegFrame of(int width, int height, boolean progressive, List<Component> components) {
    return new JpegFrame(
        width,
        height,
        progressive,
        ceil(width, 8 * Math.max(1, most(components, true))),
        ceil(height, 8 * Math.max(1, most(components, false))),
        components);
  }

  int mostAcross() {
    return most(components, true);
  }

  int mostDown() {
    return most(components, false);
  }

  private static int most(List<Component> components, boolean across) {
    return components.stream().mapToInt(c -> across ? c.across() : c.down()).max().orElse(1);
  }

  /** Blocks of a component, with those that pad the last MCUs. */
  int blocks(Component component) {
    return mcusAcross() * component.across() * mcusDown() * component.down();
  }

  Component component(int id) {
    return components.stream()
        .filter(c -> c.id() == id)
        .findFirst()
        .orElseThrow(
            () -> ImageFileException.damaged("a JPEG scan names a component that is none"));
  }

  /**
   * @throws ImageFileException if a coefficient was not given to its last bit
   */
  void mustBeComplete() {
    for (var component : components) {
      if (Arrays.stream(component.missingBits()).anyMatch(bits -> bits != 0)) {
        throw ImageFileException.damaged("scans of the JPEG file are missing");
      }
    }
  }

  /**
   * @throws ImageFileException if there can be no such image
   */
  void mustBeUsable() {
    var count = components.size();
    if (count == 4) {
      throw new NoImageException("a CMYK image; save it as RGB");
    }
    if (width == 0 || height == 0 || (count != 1 && count != 3)) {
      throw ImageFileException.damaged(
          "a JPEG image of %d x %d px in %d components", width, height, count);
    }
    ImageFileException.refuseHuge(width, height);
    for (var component : components) {
      if (component.across() < 1
          || component.across() > 4
          || component.down() < 1
          || component.down() > 4) {
        throw ImageFileException.damaged("a JPEG component has impossible sampling factors");
      }
    }
  }

  static int ceil(int length, int unit) {
    return (length + unit - 1) / unit;
  }

  /**
   * A colour plane.
   *
   * @param across blocks of an MCU, horizontally
   * @param down blocks of an MCU, vertically
   * @param missingBits of each coefficient, [64]; -1 before its first scan
   * @param nonZero coefficients of each block so far, one bit each; empty unless progressive
   */
  @SuppressWarnings("ArrayRecordComponent") // the state of one check, never compared
  record Component(int id, int across, int down, int[] missingBits, long[][] nonZero) {

    static Component of(int id, int sampling) {
      var missing = new int[64];
      Arrays.fill(missing, UNSEEN);
      return new Component(id, sampling >> 4, sampling & 15, missing, new long[1][0]);
    }

    /** One long per block of the padded plane. */
    long[] nonZero(JpegFrame frame) {
      if (nonZero[0].length == 0) {
        nonZero[0] = new long[frame.blocks(this)];
      }
      return nonZero[0];
    }

    void seen(int from, int to, int low) {
      Arrays.fill(missingBits, from, to + 1, low);
    }
  }
}

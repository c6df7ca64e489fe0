package org.openmargin.dicom.file;

import java.util.List;

/** Where the pixels lie in the bytes of a file. */
public sealed interface PixelData {

  /**
   * A part of the bytes.
   *
   * @param from first byte
   * @param length bytes
   */
  record Part(int from, int length) {}

  /** All frames one after the other, not compressed. */
  record Plain(Part part) implements PixelData {}

  /**
   * Compressed frames, each in one or more fragments.
   *
   * @param offsets of the first fragments of the frames, from the first of all; empty if the file
   *     does not say
   * @param fragments in order
   */
  record Fragments(List<Long> offsets, List<Part> fragments) implements PixelData {

    /** Bytes of the header of a fragment, which count in offsets. */
    public static final int HEADER = 8;

    /** Keeps copies. */
    public Fragments {
      offsets = List.copyOf(offsets);
      fragments = List.copyOf(fragments);
    }
  }
}

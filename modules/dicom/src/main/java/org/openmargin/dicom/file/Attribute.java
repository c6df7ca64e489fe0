package org.openmargin.dicom.file;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The allow-list: all that is ever kept of a header (PS3.6, registry of data elements). Names,
 * dates, places and identifiers are not among them, but for the one identifier by which a manifest
 * may call a file.
 */
public enum Attribute {
  TRANSFER_SYNTAX(0x00020010, "Transfer Syntax UID"),
  INSTANCE_UID(0x00080018, "SOP Instance UID"),
  SAMPLES_PER_PIXEL(0x00280002, "Samples per Pixel"),
  PHOTOMETRIC(0x00280004, "Photometric Interpretation"),
  PLANAR(0x00280006, "Planar Configuration"),
  FRAMES(0x00280008, "Number of Frames"),
  ROWS(0x00280010, "Rows"),
  COLUMNS(0x00280011, "Columns"),
  BITS_ALLOCATED(0x00280100, "Bits Allocated"),
  BITS_STORED(0x00280101, "Bits Stored"),
  HIGH_BIT(0x00280102, "High Bit"),
  SIGNED(0x00280103, "Pixel Representation"),
  PADDING(0x00280120, "Pixel Padding Value"),
  BURNED_IN(0x00280301, "Burned In Annotation"),
  WINDOW_CENTRE(0x00281050, "Window Center"),
  WINDOW_WIDTH(0x00281051, "Window Width"),
  INTERCEPT(0x00281052, "Rescale Intercept"),
  SLOPE(0x00281053, "Rescale Slope"),
  WINDOW_FUNCTION(0x00281056, "VOI LUT Function"),
  RED_DESCRIPTOR(0x00281101, "Red Palette Color Lookup Table Descriptor"),
  GREEN_DESCRIPTOR(0x00281102, "Green Palette Color Lookup Table Descriptor"),
  BLUE_DESCRIPTOR(0x00281103, "Blue Palette Color Lookup Table Descriptor"),
  RED(0x00281201, "Red Palette Color Lookup Table Data"),
  GREEN(0x00281202, "Green Palette Color Lookup Table Data"),
  BLUE(0x00281203, "Blue Palette Color Lookup Table Data"),
  SEGMENTED_RED(0x00281221, "Segmented Red Palette Color Lookup Table Data"),
  MODALITY_LUT(0x00283000, "Modality LUT Sequence"),
  VOI_LUT(0x00283010, "VOI LUT Sequence"),
  FRAME_VOI(0x00289132, "Frame VOI LUT Sequence"),
  FRAME_RESCALE(0x00289145, "Pixel Value Transformation Sequence"),
  SHARED_GROUPS(0x52009229, "Shared Functional Groups Sequence"),
  FRAME_GROUPS(0x52009230, "Per-Frame Functional Groups Sequence");

  /** What the pixels of an image need. */
  public static final Set<Attribute> OF_PIXELS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(INSTANCE_UID)));

  /** What a manifest needs. */
  public static final Set<Attribute> OF_MANIFESTS =
      Collections.unmodifiableSet(EnumSet.of(TRANSFER_SYNTAX, INSTANCE_UID));

  private static final Set<Attribute> SEQUENCES =
      Collections.unmodifiableSet(
          EnumSet.of(MODALITY_LUT, VOI_LUT, FRAME_VOI, FRAME_RESCALE, SHARED_GROUPS, FRAME_GROUPS));

  private static final Map<Integer, Attribute> BY_TAG =
      Arrays.stream(values()).collect(Collectors.toMap(a -> a.tag, Function.identity()));

  private final int tag;
  private final String title;

  Attribute(int tag, String title) {
    this.tag = tag;
    this.title = title;
  }

  static Optional<Attribute> of(int tag) {
    return Optional.ofNullable(BY_TAG.get(tag));
  }

  boolean sequence() {
    return SEQUENCES.contains(this);
  }

  /** Tag and name, for messages. */
  @Override
  public String toString() {
    return "%s %s".formatted(Refusals.name(tag), title);
  }
}

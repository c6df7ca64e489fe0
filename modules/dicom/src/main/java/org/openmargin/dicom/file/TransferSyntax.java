package org.openmargin.dicom.file;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a data set and its pixels are written (PS3.5, section 10 and annex A).
 *
 * @param uid its identifier
 * @param known what is read without a decoder of others; empty for the rest
 */
public record TransferSyntax(String uid, Optional<Known> known) {
  private static final String ROOT = "1.2.840.10008.1.2";
  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

  /** Names of what is not read, by the part of the identifier behind the root. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry(".1.98", "Encapsulated Uncompressed"),
          Map.entry(".2", "Explicit VR Big Endian"),
          Map.entry(".4.51", "JPEG Extended, 12-bit (Process 2 & 4)"),
          Map.entry(".4.52", "JPEG Extended (Process 3 & 5)"),
          Map.entry(".4.53", "JPEG Spectral Selection"),
          Map.entry(".4.54", "JPEG Spectral Selection"),
          Map.entry(".4.55", "JPEG Full Progression"),
          Map.entry(".4.56", "JPEG Full Progression"),
          Map.entry(".4.58", "JPEG Lossless (Process 15)"),
          Map.entry(".4.59", "JPEG Hierarchical"),
          Map.entry(".4.60", "JPEG Hierarchical"),
          Map.entry(".4.61", "JPEG Hierarchical"),
          Map.entry(".4.62", "JPEG Hierarchical"),
          Map.entry(".4.63", "JPEG Hierarchical"),
          Map.entry(".4.64", "JPEG Hierarchical"),
          Map.entry(".4.65", "JPEG Lossless, Hierarchical"),
          Map.entry(".4.66", "JPEG Lossless, Hierarchical"),
          Map.entry(".4.80", "JPEG-LS Lossless"),
          Map.entry(".4.81", "JPEG-LS Near-Lossless"),
          Map.entry(".4.90", "JPEG 2000 Lossless"),
          Map.entry(".4.91", "JPEG 2000"),
          Map.entry(".4.92", "JPEG 2000 Multi-component Lossless"),
          Map.entry(".4.93", "JPEG 2000 Multi-component"),
          Map.entry(".4.94", "JPIP Referenced"),
          Map.entry(".4.95", "JPIP Referenced Deflate"),
          Map.entry(".4.100", "MPEG2"),
          Map.entry(".4.101", "MPEG2"),
          Map.entry(".4.102", "MPEG-4 AVC/H.264"),
          Map.entry(".4.103", "MPEG-4 AVC/H.264"),
          Map.entry(".4.104", "MPEG-4 AVC/H.264"),
          Map.entry(".4.105", "MPEG-4 AVC/H.264"),
          Map.entry(".4.106", "MPEG-4 AVC/H.264"),
          Map.entry(".4.107", "HEVC/H.265"),
          Map.entry(".4.108", "HEVC/H.265"),
          Map.entry(".4.110", "JPEG XL Lossless"),
          Map.entry(".4.111", "JPEG XL JPEG Recompression"),
          Map.entry(".4.112", "JPEG XL"),
          Map.entry(".4.201", "High-Throughput JPEG 2000 Lossless"),
          Map.entry(".4.202", "High-Throughput JPEG 2000 with RPCL Lossless"),
          Map.entry(".4.203", "High-Throughput JPEG 2000"),
          Map.entry(".4.204", "JPIP HTJ2K Referenced"),
          Map.entry(".4.205", "JPIP HTJ2K Referenced Deflate"),
          Map.entry(".6.1", "RFC 2557 MIME"),
          Map.entry(".6.2", "XML"),
          Map.entry(".7.1", "SMPTE ST 2110 video"),
          Map.entry(".7.2", "SMPTE ST 2110 video"),
          Map.entry(".7.3", "SMPTE ST 2110 audio"),
          Map.entry(".8.1", "Deflated Image Frame Compression"));

  /** What is read. */
  public enum Known {
    IMPLICIT(""),
    EXPLICIT(".1"),
    DEFLATED(".1.99"),
    JPEG_BASELINE(".4.50"),
    JPEG_LOSSLESS(".4.57"),
    JPEG_LOSSLESS_FIRST_ORDER(".4.70"),
    RLE(".5");

    private final String end;

    Known(String end) {
      this.end = end;
    }
  }

  /**
   * @throws org.openmargin.files.image.ImageFileException if it is no identifier
   */
  static TransferSyntax of(String uid) {
    if (!UID.matcher(uid).matches()) {
      throw Refusals.damaged("has no identifier in %s", Attribute.TRANSFER_SYNTAX);
    }
    return new TransferSyntax(
        uid,
        Arrays.stream(Known.values()).filter(known -> uid.equals(ROOT + known.end)).findFirst());
  }

  boolean is(Known one) {
    return known.isPresent() && known.get() == one;
  }

  boolean bigEndian() {
    return uid.equals(ROOT + ".2");
  }

  /** Whether pixels lie in fragments: all that is compressed. */
  public boolean encapsulated() {
    return !is(Known.IMPLICIT) && !is(Known.EXPLICIT) && !is(Known.DEFLATED);
  }

  /** Whether the standard does not have it, or not any more. */
  boolean unknown() {
    return known.isEmpty() && !OTHERS.containsKey(end());
  }

  /**
   * What is behind the root; fragmentable forms of videos have one number more, which is left out.
   */
  private String end() {
    var end = uid.startsWith(ROOT) ? uid.substring(ROOT.length()) : uid;
    return end.replaceFirst("^([.]4[.]10\\d)[.]1$", "$1");
  }

  /** Name and identifier, for messages. */
  @Override
  public String toString() {
    return known.map(Enum::name).orElse(OTHERS.getOrDefault(end(), "unknown")) + " (" + uid + ")";
  }
}

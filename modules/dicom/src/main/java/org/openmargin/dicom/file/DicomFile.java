package org.openmargin.dicom.file;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.openmargin.dicom.file.TransferSyntax.Known;
import org.openmargin.files.image.ImageFileException;

/**
 * A DICOM file (PS3.10, section 7): what is kept of its header, and its pixels.
 *
 * @param attributes those that were asked for
 * @param pixels where they are in {@code bytes}; empty for a file without any
 * @param bytes the file, inflated if it was deflated
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record DicomFile(
    TransferSyntax syntax, Attributes attributes, Optional<PixelData> pixels, byte[] bytes) {
  private static final int PREAMBLE = 128;
  private static final byte[] MARK = {'D', 'I', 'C', 'M'};
  private static final int META_GROUP = 2;

  /**
   * Reads a file up to its pixels.
   *
   * @param wanted attributes to keep
   * @throws org.openmargin.files.image.ImageFileException in one line, if it is damaged, cut off or
   *     of a kind that is not read
   */
  public static DicomFile read(byte[] file, Set<Attribute> wanted) {
    var start = PREAMBLE + MARK.length;
    if (file.length < start || !Arrays.equals(file, PREAMBLE, start, MARK, 0, MARK.length)) {
      throw Refusals.damaged("has no DICM at byte %d", PREAMBLE);
    }
    var header = new DataBytes(file, start);
    var syntax = syntax(header);
    if (syntax.bigEndian()) {
      throw Refusals.unsupported("in %s is not read", syntax);
    }
    var deflated = syntax.is(Known.DEFLATED);
    var bytes = deflated ? Inflation.of(file, header.position()) : file;
    var reader = new DataSetReader(new DataBytes(bytes, deflated ? 0 : header.position()), wanted);
    return new DicomFile(syntax, attributes(reader, syntax), reader.pixels(), bytes);
  }

  /** Of an unknown syntax, the header may be written in another way, too. */
  private static Attributes attributes(DataSetReader reader, TransferSyntax syntax) {
    try {
      return reader.read(!syntax.is(Known.IMPLICIT));
    } catch (ImageFileException e) {
      throw syntax.unknown()
          ? Refusals.unsupported("in transfer syntax %s is not read, or is damaged", syntax)
          : e;
    }
  }

  /** Reads the meta information, which is always explicit. */
  private static TransferSyntax syntax(DataBytes bytes) {
    var uid = Optional.<String>empty();
    while (bytes.has(4) && bytes.peekTag() >>> 16 == META_GROUP) {
      var head = ElementHead.read(bytes, true);
      var value = bytes.take(head.lengthWithin(bytes.length() - bytes.position()));
      if (Attribute.of(head.tag()).filter(a -> a == Attribute.TRANSFER_SYNTAX).isPresent()) {
        uid = Attributes.text(value);
      }
    }
    return TransferSyntax.of(uid.orElseThrow(() -> Attributes.missing(Attribute.TRANSFER_SYNTAX)));
  }

  /**
   * The identifier by which a manifest may call the file, SOP Instance UID.
   *
   * @throws org.openmargin.files.image.ImageFileException if it is damaged or has none
   */
  public static String instanceUid(byte[] file) {
    return read(file, Attribute.OF_MANIFESTS)
        .attributes()
        .text(Attribute.INSTANCE_UID)
        .orElseThrow(() -> Attributes.missing(Attribute.INSTANCE_UID));
  }
}

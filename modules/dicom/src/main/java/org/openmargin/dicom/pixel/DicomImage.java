package org.openmargin.dicom.pixel;

import org.openmargin.dicom.file.Attribute;
import org.openmargin.dicom.file.Attributes;
import org.openmargin.dicom.file.DicomFile;
import org.openmargin.dicom.file.PixelData;
import org.openmargin.dicom.file.Refusals;

/** An image of one or more frames, none of them decoded yet. */
public record DicomImage(DicomFile file, PixelLayout layout) {

  /**
   * Reads a file up to its pixels.
   *
   * @throws org.openmargin.files.image.ImageFileException in one line, if it is damaged, cut off,
   *     larger than 100 megapixels or of a kind that is not read
   */
  public static DicomImage read(byte[] bytes) {
    var file = DicomFile.read(bytes, Attribute.OF_PIXELS);
    if (file.pixels().isEmpty()) {
      throw Refusals.damaged("has no pixels");
    }
    return new DicomImage(file, PixelLayout.of(file.attributes()));
  }

  /** The kept part of the header. */
  public Attributes attributes() {
    return file.attributes();
  }

  /**
   * Decodes one frame.
   *
   * @param index from 0
   * @throws org.openmargin.files.image.ImageFileException in one line, if it is damaged or of a
   *     kind that is not read
   */
  public StoredFrame frame(int index) {
    var samples = samples(index);
    if (layout.photometric().brightnessAndDifferences()) {
      ColourDifferences.toRgb(samples);
    }
    return new StoredFrame(layout, samples);
  }

  private short[] samples(int index) {
    var pixels = file.pixels().orElseThrow();
    if (pixels instanceof PixelData.Plain plain) {
      if (file.syntax().encapsulated()) {
        throw Refusals.damaged("is compressed, but its pixels lie in no fragments");
      }
      return PlainFrame.of(file.bytes(), plain.part(), index, layout);
    }
    var fragments = (PixelData.Fragments) pixels;
    var frame = FrameFragments.join(file.bytes(), fragments, index, layout.frames());
    return FrameDecoders.decode(file.syntax(), frame, layout);
  }
}

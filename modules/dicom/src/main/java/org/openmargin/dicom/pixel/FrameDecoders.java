package org.openmargin.dicom.pixel;

import java.util.ServiceLoader;
import org.openmargin.dicom.file.Refusals;
import org.openmargin.dicom.file.TransferSyntax;
import org.openmargin.files.image.ImageFileException;

/** The decoder of a transfer syntax: a built-in one or, for others, the site's. */
final class FrameDecoders {
  private FrameDecoders() {}

  static short[] decode(TransferSyntax syntax, byte[] frame, PixelLayout layout) {
    if (syntax.known().isEmpty()) {
      return foreign(syntax, frame, layout);
    }
    return switch (syntax.known().get()) {
      case RLE -> RleFrame.decode(frame, layout);
      case JPEG_BASELINE -> BaselineFrame.decode(frame, layout);
      case JPEG_LOSSLESS, JPEG_LOSSLESS_FIRST_ORDER -> LosslessFrame.decode(frame, layout);
      case IMPLICIT, EXPLICIT, DEFLATED ->
          throw Refusals.damaged("has fragments of pixels, but is not compressed");
    };
  }

  private static short[] foreign(TransferSyntax syntax, byte[] frame, PixelLayout layout) {
    var decoder =
        ServiceLoader.load(FrameDecoder.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.decodes(syntax.uid()))
            .findFirst()
            .orElseThrow(
                () ->
                    Refusals.unsupported(
                        "in transfer syntax %s is not read; convert it, for example with gdcmconv --raw, or add a FrameDecoder",
                        syntax));
    return checked(decoder, frame, layout);
  }

  private static short[] checked(FrameDecoder decoder, byte[] frame, PixelLayout layout) {
    try {
      var samples = decoder.decode(frame, layout);
      if (samples.length != layout.samples()) {
        throw Refusals.damaged(
            "gave %d samples by %s, not %d",
            samples.length, decoder.getClass().getSimpleName(), layout.samples());
      }
      return samples;
    } catch (ImageFileException e) {
      throw e;
    } catch (RuntimeException e) {
      // A decoder of others may throw anything, and its message may hold anything.
      throw new ImageFileException(
          "damaged or cut off: a frame of the DICOM file cannot be decoded by "
              + decoder.getClass().getSimpleName(),
          e);
    }
  }
}

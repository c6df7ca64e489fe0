package org.openmargin.dicom.pixel;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.openmargin.dicom.file.Refusals;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.ImageFormat;

/** JPEG baseline, by the JDK's decoder, without a change of colours. */
final class BaselineFrame {
  private BaselineFrame() {}

  static short[] decode(byte[] frame, PixelLayout layout) {
    if (layout.bits().stored() != 8) {
      throw Refusals.damaged("is JPEG baseline, but stores %d bits", layout.bits().stored());
    }
    var raster = raster(frame);
    JpegSize.mustAgree(raster.getHeight(), raster.getWidth(), raster.getNumBands(), layout);
    var samples = new short[layout.samples()];
    var row = new int[layout.columns() * layout.photometric().samples()];
    for (var y = 0; y < layout.rows(); y++) {
      raster.getPixels(0, y, layout.columns(), 1, row);
      for (var i = 0; i < row.length; i++) {
        samples[y * row.length + i] = (short) row[i];
      }
    }
    return samples;
  }

  private static Raster raster(byte[] frame) {
    mustBeWhole(frame);
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(frame))) {
      var reader = plainReader();
      try {
        reader.setInput(in, true, true);
        return reader.readRaster(0, reader.getDefaultReadParam());
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Decoders throw many kinds of runtime exceptions for damaged files.
      throw Refusals.damaged("has a JPEG frame that cannot be decoded");
    }
  }

  /** What images outside of DICOM must be, too: decoders fill up what is missing. */
  private static void mustBeWhole(byte[] frame) {
    if (ImageFormat.of(frame).filter(ImageFormat.JPEG::equals).isEmpty()) {
      throw Refusals.damaged("has a frame that is no JPEG image");
    }
    try {
      EncodedImage.of(frame);
    } catch (ImageFileException e) {
      throw new ImageFileException("a frame of the DICOM file: " + e.getMessage(), e);
    }
  }

  /** Other readers change the colours or guess their meaning. */
  private static ImageReader plainReader() {
    var readers = ImageIO.getImageReadersByFormatName("jpeg");
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(readers, 0), false)
        .filter(reader -> reader.getClass().getName().startsWith("com.sun."))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the JDK has no JPEG reader"));
  }
}

package org.openmargin.dicom;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import javax.imageio.ImageIO;
import org.openmargin.dicom.colour.ColourLevels;
import org.openmargin.dicom.file.Attribute;
import org.openmargin.dicom.file.DicomFile;
import org.openmargin.dicom.file.Refusals;
import org.openmargin.dicom.grey.GreyLevels;
import org.openmargin.dicom.pixel.DicomImage;
import org.openmargin.dicom.pixel.PixelLayout;
import org.openmargin.files.image.ImageConverter;
import org.openmargin.files.image.ImageFormat;
import org.openmargin.files.image.LevelRule;

/**
 * One frame of a DICOM file as PNG. Grey ones are rescaled and windowed by the rule, palettes are
 * applied, brightness and differences of colour become RGB. Of the header nothing gets into the PNG
 * file.
 */
public final class DicomConverter implements ImageConverter {
  private static final String BURNED_IN =
      "are DICOM files that say that text, perhaps a name, is burned into their pixels: a network sees it, and so does who sees the images";

  private static final String NO_WINDOW =
      "are DICOM files that propose no window: their smallest to their largest value is used";

  @Override
  public ImageFormat format() {
    return ImageFormat.DICOM;
  }

  @Override
  public Converted convert(byte[] file, LevelRule rule) {
    var image = DicomImage.read(file);
    var layout = image.layout();
    var frame = frame(layout, rule);
    var remarks = new HashSet<String>();
    if (image.attributes().text(Attribute.BURNED_IN).filter("YES"::equals).isPresent()) {
      remarks.add(BURNED_IN);
    }
    if (layout.frames() > 1) {
      remarks.add(SEVERAL_FRAMES);
    }
    if (!layout.photometric().grey()) {
      var rgb = ColourLevels.of(image, frame);
      return new Converted(png(layout, rgb, BufferedImage.TYPE_3BYTE_BGR), remarks);
    }
    var grey = GreyLevels.of(image, frame, rule.window());
    if (!grey.proposed()) {
      remarks.add(NO_WINDOW);
    }
    return new Converted(png(layout, grey.levels(), BufferedImage.TYPE_BYTE_GRAY), remarks);
  }

  @Override
  public int frames(byte[] file) {
    return DicomImage.read(file).layout().frames();
  }

  @Override
  public String id(byte[] file) {
    return DicomFile.instanceUid(file);
  }

  private static int frame(PixelLayout layout, LevelRule rule) {
    var wanted = rule.frame().orElse((layout.frames() + 1) / 2);
    if (wanted < 1 || wanted > layout.frames()) {
      throw Refusals.unsupported(
          "of %d frames has no frame %d, which the rule asks for", layout.frames(), wanted);
    }
    return wanted - 1;
  }

  private static byte[] png(PixelLayout layout, byte[] levels, int type) {
    var image = new BufferedImage(layout.columns(), layout.rows(), type);
    var pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(levels, 0, pixels, 0, levels.length);
    if (type == BufferedImage.TYPE_3BYTE_BGR) {
      for (var i = 0; i < pixels.length; i += 3) {
        pixels[i] = levels[i + 2];
        pixels[i + 2] = levels[i];
      }
    }
    var png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return png.toByteArray();
  }
}

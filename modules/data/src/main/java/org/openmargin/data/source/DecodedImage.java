package org.openmargin.data.source;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.openmargin.data.DataException;
import org.openmargin.data.Images;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.ImageConverter;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.files.image.ImageFormat;
import org.openmargin.files.image.LevelRule;

/**
 * An image with what is worth knowing about its file.
 *
 * @param pixels one image
 */
public record DecodedImage(Images pixels, Traits traits) {

  /**
   * What is worth knowing about a file.
   *
   * @param turned whether the pixels were turned or mirrored
   * @param largest sample of a 16-bit image, 0..65535
   * @param remarks of the format's reader, see {@link EncodedImage}
   */
  public record Traits(
      ImageFormat format,
      EncodedImage.Samples samples,
      boolean turned,
      OptionalInt largest,
      Set<String> remarks) {

    /**
     * Looks at a file without decoding it, but for 16-bit images.
     *
     * @throws DataException as {@link ImageFiles#read} does
     */
    public static Traits of(byte[] encoded, LevelRule rule) {
      try {
        var file = EncodedImage.of(encoded, rule);
        return file.samples().sixteenBits()
            ? ImageFiles.read(encoded, 1, rule).traits()
            : of(file, OptionalInt.empty());
      } catch (ImageFileException e) {
        throw new DataException(e.getMessage(), e);
      }
    }

    /** Without the remark that one frame of several is used. */
    public Traits ofAllFrames() {
      var others = new HashSet<>(remarks);
      others.remove(ImageConverter.SEVERAL_FRAMES);
      return new Traits(format, samples, turned, largest, others);
    }

    static Traits of(EncodedImage file, OptionalInt largest) {
      return new Traits(file.format(), file.samples(), file.turned(), largest, file.remarks());
    }
  }
}

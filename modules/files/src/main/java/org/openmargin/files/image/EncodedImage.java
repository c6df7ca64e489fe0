package org.openmargin.files.image;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An image file that is whole: all its pixels are there. Training and serving ask {@link #of},
 * before they decode, so that both refuse the same files and nobody gets an answer about half an
 * image.
 *
 * @param format of the given file
 * @param file JPEG without a colour profile, or PNG: the given file, or its first frame converted
 *     without loss
 * @param samples what a pixel is
 * @param turned whether the pixels stand upright only turned or mirrored: in the decoded file of a
 *     JPEG (see {@link Orientation}), in the given file of another format
 * @param remarks of the format's {@link ImageConverter}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record EncodedImage(
    ImageFormat format, byte[] file, Samples samples, boolean turned, Set<String> remarks) {

  /** The formats that are read, in words. */
  public static final String FORMATS =
      Arrays.stream(ImageFormat.values())
          .filter(ImageFormat::readable)
          .map(ImageFormat::toString)
          .collect(Collectors.joining(", "))
          .replaceFirst(", (\\w+)$", " or $1");

  /** Segments and fill bytes of a JPEG file up to its first scan; a file with more is refused. */
  public static final int MOST_SEGMENTS = 1000;

  /** What a pixel is. */
  public enum Samples {
    GREY,
    COLOUR,
    ALPHA,
    GREY_16,
    COLOUR_16;

    public boolean sixteenBits() {
      return this == GREY_16 || this == COLOUR_16;
    }
  }

  EncodedImage(ImageFormat format, byte[] file, Samples samples, boolean turned) {
    this(format, file, samples, turned, Set.of());
  }

  /** By {@link LevelRule#DEFAULT}. */
  public static EncodedImage of(byte[] file) {
    return of(file, LevelRule.DEFAULT);
  }

  /**
   * Reads a file to its end, without making pixels of it.
   *
   * @param rule for formats that PNG cannot hold as they are
   * @throws NoImageException if it is of no format that is read
   * @throws ImageFileException if it is damaged, cut off, larger than 100 megapixels, or of a kind
   *     that decoders treat differently
   */
  public static EncodedImage of(byte[] file, LevelRule rule) {
    var format = ImageFormat.of(file).orElseThrow(NoImageException::new);
    if (!format.readable()) {
      throw new NoImageException(format);
    }
    if (format.converter().isPresent()) {
      var converted = format.converter().get().convert(file, rule);
      var samples = PngFile.whole(converted.png());
      return new EncodedImage(format, converted.png(), samples, false, converted.remarks());
    }
    return switch (format) {
      case JPEG -> {
        var samples = JpegFile.whole(file);
        yield new EncodedImage(format, JpegFile.withoutProfile(file), samples, turned(file));
      }
      case PNG -> new EncodedImage(format, file, PngFile.whole(file), false);
      default -> {
        var converted = PngConversion.of(file, format);
        var samples = PngFile.whole(converted.png());
        yield new EncodedImage(
            format,
            converted.png(),
            converted.alpha() ? Samples.ALPHA : samples,
            converted.turned());
      }
    };
  }

  private static boolean turned(byte[] jpeg) {
    return Arrays.stream(Orientation.values()).anyMatch(o -> o.in(jpeg));
  }
}

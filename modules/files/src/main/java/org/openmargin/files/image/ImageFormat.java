package org.openmargin.files.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Formats of image files, told by their first bytes; the name of a file decides nothing. */
public enum ImageFormat {
  JPEG("\u00ff\u00d8\u00ff", true),
  PNG("\u0089PNG\r\n\u001a\n", true),
  GIF("GIF8[79]a", true),
  BMP("BM....\0\0\0\0", true),
  TIFF("II\\*\0|MM\0\\*", true),
  BIG_TIFF("II\\+\0|MM\0\\+", false),
  WEBP("RIFF....WEBP", true),
  JPEG_2000("\0\0\0\fjP  |\u00ffO\u00ffQ", false),
  HEIF_OR_AVIF("....ftyp(heic|heix|hevc|mif1|msf1|avif|avis)", false),
  JPEG_XL("\u00ff\n|\0\0\0\fJXL ", false),
  NETPBM("P[1-7]\\s", false),
  PDF("%PDF-", false),
  DICOM(".{128}DICM", false);

  private static final int MAGIC_BYTES = 132;

  private static final List<ImageConverter> CONVERTERS =
      ServiceLoader.load(ImageConverter.class, ImageConverter.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private final Pattern magic;
  private final boolean readable;

  ImageFormat(String magic, boolean readable) {
    this.magic = Pattern.compile(magic, Pattern.DOTALL);
    this.readable = readable;
  }

  /** Whether training and serving read it. */
  public boolean readable() {
    return readable || converter().isPresent();
  }

  /** What reads it if nothing here does. */
  public Optional<ImageConverter> converter() {
    return CONVERTERS.stream().filter(converter -> converter.format() == this).findFirst();
  }

  /** The format of a file's contents, or empty if it is none of these. */
  public static Optional<ImageFormat> of(byte[] file) {
    var head = new String(file, 0, Math.min(file.length, MAGIC_BYTES), StandardCharsets.ISO_8859_1);
    return Arrays.stream(values()).filter(f -> f.magic.matcher(head).lookingAt()).findFirst();
  }

  /** The name in messages. */
  @Override
  public String toString() {
    return this == WEBP ? "WebP" : name().replace('_', ' ');
  }
}

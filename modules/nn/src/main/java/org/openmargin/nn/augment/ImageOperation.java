package org.openmargin.nn.augment;

/**
 * The operations of RandAugment (Cubuk et al., 2020), each encoded as a row of numbers, so that one
 * graph can do any of them: first the coefficients of {@link Warp#resampled}, then those of {@link
 * PixelChanges}. The level is a share of the largest strength, signed if there are two directions.
 * The largest strengths are torchvision's.
 */
enum ImageOperation {
  IDENTITY,
  AUTOCONTRAST,
  EQUALIZE,
  ROTATE,
  SOLARIZE,
  COLOR,
  POSTERIZE,
  CONTRAST,
  BRIGHTNESS,
  SHARPNESS,
  SHEAR_X,
  SHEAR_Y,
  TRANSLATE_X,
  TRANSLATE_Y;

  private static final double LARGEST_ANGLE = Math.toRadians(30);
  private static final double LARGEST_SHEAR = 0.3;
  private static final double LARGEST_SHIFT = 150.0 / 331;
  private static final double LARGEST_BLEND = 0.9;
  private static final double BITS_LOST = 4;

  static final int COLUMNS = Warp.COEFFICIENTS + PixelChanges.COLUMNS;

  /** The row for images of this size and a level from -1 to 1. */
  float[] row(double level, int height, int width) {
    var row = new Row(height, width);
    switch (this) {
      case IDENTITY -> {}
      case AUTOCONTRAST -> row.set(PixelChanges.STRETCH, 1);
      case EQUALIZE -> row.set(PixelChanges.EQUALIZE, 1);
      case ROTATE -> row.rotate(LARGEST_ANGLE * level);
      case SOLARIZE -> row.set(PixelChanges.THRESHOLD, 256 * (1 - Math.abs(level)));
      case COLOR -> row.blend(PixelChanges.GREY, LARGEST_BLEND * level);
      case POSTERIZE ->
          row.set(PixelChanges.QUANTUM, Math.pow(2, Math.rint(BITS_LOST * Math.abs(level))));
      case CONTRAST -> row.blend(PixelChanges.MEAN, LARGEST_BLEND * level);
      case BRIGHTNESS -> row.set(PixelChanges.KEPT, 1 + LARGEST_BLEND * level);
      case SHARPNESS -> row.blend(PixelChanges.SMOOTH, LARGEST_BLEND * level);
      case SHEAR_X -> row.read(1, LARGEST_SHEAR * level, 0, 1);
      case SHEAR_Y -> row.read(1, 0, LARGEST_SHEAR * level, 1);
      case TRANSLATE_X -> row.matrix(2, LARGEST_SHIFT * level * width);
      case TRANSLATE_Y -> row.matrix(5, LARGEST_SHIFT * level * height);
    }
    return row.numbers;
  }

  /** Starts as the row of {@link ImageOperation#IDENTITY}. */
  private static final class Row {
    private final float[] numbers = new float[COLUMNS];
    private final double centreX;
    private final double centreY;

    private Row(int height, int width) {
      centreX = (width - 1) / 2.0;
      centreY = (height - 1) / 2.0;
      read(1, 0, 0, 1);
      set(PixelChanges.KEPT, 1);
      set(PixelChanges.THRESHOLD, 256);
      set(PixelChanges.QUANTUM, 1);
    }

    private void set(int column, double value) {
      numbers[Warp.COEFFICIENTS + column] = (float) value;
    }

    private void matrix(int column, double value) {
      numbers[column] = (float) value;
    }

    /** Moves away from the other image by this share of the distance; if negative, towards it. */
    private void blend(int other, double share) {
      set(PixelChanges.KEPT, 1 + share);
      set(other, -share);
    }

    /** Maps the place of a pixel to the place it is read from, both relative to the centre. */
    private void read(double xx, double xy, double yx, double yy) {
      matrix(0, xx);
      matrix(1, xy);
      matrix(2, centreX - xx * centreX - xy * centreY);
      matrix(3, yx);
      matrix(4, yy);
      matrix(5, centreY - yx * centreX - yy * centreY);
    }

    private void rotate(double angle) {
      read(Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle));
    }
  }
}

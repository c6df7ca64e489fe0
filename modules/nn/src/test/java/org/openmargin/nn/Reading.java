package org.openmargin.nn;

/**
 * Where a pixel is read, relative to the centre and plus a shift, by plain loops: the independent
 * description of a warp.
 */
public record Reading(double xx, double xy, double yx, double yy, double dx, double dy) {

  /** One image, rows of columns of channels. */
  @SuppressWarnings("ArrayRecordComponent") // read-only, never compared
  public record Image(double[] pixels, int h, int w, int c) {
    /** The image continues mirrored beyond its edges, edge pixels repeated. */
    private double at(int row, int column, int channel) {
      return pixels[(mirrored(row, h) * w + mirrored(column, w)) * c + channel];
    }

    private static int mirrored(int index, int size) {
      var k = Math.floorMod(index, 2 * size);
      return k < size ? k : 2 * size - 1 - k;
    }

    private double between(double row, double column, int channel) {
      var r = (int) Math.floor(row);
      var k = (int) Math.floor(column);
      var down = row - r;
      var right = column - k;
      return (1 - down) * ((1 - right) * at(r, k, channel) + right * at(r, k + 1, channel))
          + down * ((1 - right) * at(r + 1, k, channel) + right * at(r + 1, k + 1, channel));
    }
  }

  public static Reading rotated(double angle) {
    return new Reading(Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle), 0, 0);
  }

  public static Reading sheared(double columnsPerRow) {
    return new Reading(1, columnsPerRow, 0, 1, 0, 0);
  }

  public static Reading sheared(double columnsPerRow, double rowsPerColumn) {
    return new Reading(1, columnsPerRow, rowsPerColumn, 1, 0, 0);
  }

  public static Reading shifted(double right, double down) {
    return new Reading(1, 0, 0, 1, right, down);
  }

  /** First {@code first}, then this; neither shifts. */
  public Reading after(Reading first) {
    return new Reading(
        xx * first.xx + xy * first.yx,
        xx * first.xy + xy * first.yy,
        yx * first.xx + yy * first.yx,
        yx * first.xy + yy * first.yy,
        0,
        0);
  }

  public Reading times(double factor) {
    return new Reading(factor * xx, factor * xy, factor * yx, factor * yy, dx, dy);
  }

  public double[] read(Image image) {
    var read = new double[image.pixels().length];
    for (var row = 0; row < image.h(); row++) {
      for (var column = 0; column < image.w(); column++) {
        var x = column - (image.w() - 1) / 2.0;
        var y = row - (image.h() - 1) / 2.0;
        for (var channel = 0; channel < image.c(); channel++) {
          read[(row * image.w() + column) * image.c() + channel] =
              image.between(
                  yx * x + yy * y + dy + (image.h() - 1) / 2.0,
                  xx * x + xy * y + dx + (image.w() - 1) / 2.0,
                  channel);
        }
      }
    }
    return read;
  }
}

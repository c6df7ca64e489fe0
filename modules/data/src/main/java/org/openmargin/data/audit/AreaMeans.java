package org.openmargin.data.audit;

/** Means of the cells of a grid over an image; pixels on a border count by their share. */
final class AreaMeans {
  private AreaMeans() {}

  /**
   * @param grey [height, width] row-major
   * @return [rows, columns] row-major
   */
  static float[] of(float[] grey, int height, int width, int rows, int columns) {
    var lines = new float[rows * width];
    for (var row = 0; row < rows; row++) {
      var from = (double) row * height / rows;
      var until = (double) (row + 1) * height / rows;
      for (var y = (int) from; y < until; y++) {
        var share = share(y, from, until);
        for (var x = 0; x < width && y < height; x++) {
          lines[row * width + x] += share * grey[y * width + x];
        }
      }
    }
    var means = new float[rows * columns];
    for (var column = 0; column < columns; column++) {
      var from = (double) column * width / columns;
      var until = (double) (column + 1) * width / columns;
      for (var x = (int) from; x < until && x < width; x++) {
        var share = share(x, from, until);
        for (var row = 0; row < rows; row++) {
          means[row * columns + column] += share * lines[row * width + x];
        }
      }
    }
    return means;
  }

  /** What part of a cell a pixel fills. */
  private static float share(int pixel, double from, double until) {
    return (float) ((Math.min(until, pixel + 1) - Math.max(from, pixel)) / (until - from));
  }
}

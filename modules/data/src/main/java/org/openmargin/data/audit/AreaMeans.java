package org.openmargin.data.audit;

/** Means of the cells of a grid over an image; pixels on a border count by their share. */
final class AreaMeans {
  private AreaMeans() {}

  /**
   * @param grey [height, width] row-major
   * @return [rows, columns] row-major
   */
  static float[] of(float[] grey, int height, int width, int rows, int columns) {
    return of(grey, new Area(height, width, 0), rows, columns);
  }

  /**
   * An image without its margins.
   *
   * @param margin left out at each side, as a part of the height or width, below 0.5
   */
  record Area(int height, int width, double margin) {
    /** Where a line between cells lies, px. */
    private double line(int side, int cell, int cells) {
      return side * (margin + (1 - 2 * margin) * cell / cells);
    }
  }

  /**
   * @param grey [height, width] row-major
   * @return [rows, columns] row-major
   */
  static float[] of(float[] grey, Area area, int rows, int columns) {
    var height = area.height();
    var width = area.width();
    var lines = new float[rows * width];
    for (var row = 0; row < rows; row++) {
      var from = area.line(height, row, rows);
      var until = area.line(height, row + 1, rows);
      for (var y = (int) from; y < until; y++) {
        var share = share(y, from, until);
        for (var x = 0; x < width && y < height; x++) {
          lines[row * width + x] += share * grey[y * width + x];
        }
      }
    }
    var means = new float[rows * columns];
    for (var column = 0; column < columns; column++) {
      var from = area.line(width, column, columns);
      var until = area.line(width, column + 1, columns);
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

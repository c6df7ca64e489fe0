package org.openmargin.nn.augment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One image as a grid of pixels (each a list of channels), moved by plain loops: the independent
 * description of what an augmentation may do.
 */
record Picture(List<List<List<Double>>> rows) {

  /** One image out of a batch [n, h, w, c]. */
  static Picture of(double[] batch, int image, int h, int w, int c) {
    var rows = new ArrayList<List<List<Double>>>();
    for (var row = 0; row < h; row++) {
      var pixels = new ArrayList<List<Double>>();
      for (var column = 0; column < w; column++) {
        var at = ((image * h + row) * w + column) * c;
        pixels.add(Arrays.stream(batch, at, at + c).boxed().toList());
      }
      rows.add(List.copyOf(pixels));
    }
    return new Picture(rows);
  }

  int height() {
    return rows.size();
  }

  int width() {
    return rows.get(0).size();
  }

  /** Moved down and to the right, zeros behind it. */
  Picture shifted(int down, int right) {
    var black = rows.get(0).get(0).stream().map(v -> 0.0).toList();
    return grid(
        height(),
        width(),
        (r, c) -> inside(r - down, c - right) ? rows.get(r - down).get(c - right) : black);
  }

  /** Left and right exchanged. */
  Picture mirrored() {
    return grid(height(), width(), (r, c) -> rows.get(r).get(width() - 1 - c));
  }

  /** A quarter turn, counter-clockwise. */
  Picture turned() {
    return grid(width(), height(), (r, c) -> rows.get(c).get(width() - 1 - r));
  }

  /** The four turns of this picture, itself first. */
  List<Picture> turns() {
    var half = turned().turned();
    return List.of(this, turned(), half, half.turned());
  }

  /** All shifts by up to {@code padding} pixels. */
  List<Picture> shifts(int padding) {
    var shifts = new ArrayList<Picture>();
    for (var down = -padding; down <= padding; down++) {
      for (var right = -padding; right <= padding; right++) {
        shifts.add(shifted(down, right));
      }
    }
    return shifts;
  }

  private boolean inside(int row, int column) {
    return row >= 0 && row < height() && column >= 0 && column < width();
  }

  private interface Pixel {
    List<Double> at(int row, int column);
  }

  private static Picture grid(int h, int w, Pixel pixel) {
    var rows = new ArrayList<List<List<Double>>>();
    for (var row = 0; row < h; row++) {
      var pixels = new ArrayList<List<Double>>();
      for (var column = 0; column < w; column++) {
        pixels.add(pixel.at(row, column));
      }
      rows.add(List.copyOf(pixels));
    }
    return new Picture(rows);
  }
}

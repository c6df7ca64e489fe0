package org.openmargin.data.foreign;

import org.openmargin.data.SplitMix;

/** A page of print: lines of words of random capital letters, dark on light. */
final class TextPage {
  private static final int ROWS = 7;
  private static final int COLUMNS = 5;

  /** A C D E F, G H I L M, N O P R S, T U V W X: 7 rows of 5 bits, from the upper left on. */
  private static final long[] LETTERS = {
    0x3a31fc631L, 0x3a308422eL, 0x7a318c63eL, 0x7e10f421fL, 0x7e10f4210L,
    0x3a30bc62eL, 0x4631fc631L, 0x38842108eL, 0x42108421fL, 0x4775ac631L,
    0x4735ace31L, 0x3a318c62eL, 0x7a31f4210L, 0x7a31f5251L, 0x3e107043eL,
    0x7c8421084L, 0x46318c62eL, 0x46318a944L, 0x4631ad771L, 0x454421151L
  };

  private TextPage() {}

  static void draw(Canvas canvas, SplitMix random) {
    var paper = random.between(225, 255);
    var ink = random.between(0, 90);
    canvas.fill((y, x, c) -> paper);
    var height = canvas.shape().height();
    var width = canvas.shape().width();
    // The side of a dot of a letter: 6 to 25 letters a line.
    var dot = Math.max(1, width / 112) * (1 + random.nextInt(3));
    for (var top = dot + random.nextInt(dot * ROWS); top < height; top += dot * (ROWS + 3)) {
      for (var left = dot; left < width; left += dot * (COLUMNS + 1)) {
        if (random.nextInt(6) > 0) {
          letter(canvas, LETTERS[random.nextInt(LETTERS.length)], new Place(top, left, dot), ink);
        }
      }
    }
  }

  /**
   * @param top upper edge of a letter, px
   * @param left edge, px
   */
  private record Place(int top, int left, int dot) {}

  private static void letter(Canvas canvas, long bits, Place place, double ink) {
    var bottom = Math.min(canvas.shape().height(), place.top + ROWS * place.dot);
    var right = Math.min(canvas.shape().width(), place.left + COLUMNS * place.dot);
    for (var y = place.top; y < bottom; y++) {
      for (var x = place.left; x < right; x++) {
        var row = (y - place.top) / place.dot;
        var column = (x - place.left) / place.dot;
        if ((bits >> (ROWS * COLUMNS - 1 - row * COLUMNS - column) & 1) == 1) {
          for (var c = 0; c < canvas.shape().channels(); c++) {
            canvas.set(y, x, c, ink);
          }
        }
      }
    }
  }
}

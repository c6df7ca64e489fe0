package org.openmargin.map.picture;

import java.awt.image.BufferedImage;

/**
 * All images of a map in one picture, row by row in item order, as TensorBoard's projector expects:
 * the grid's width is the square root of their number, rounded up.
 */
record Sprite(MapImages images, int count) {
  /** Largest texture that graphics cards accept. */
  private static final int MOST_PX = 8192;

  private static final int LARGEST_TILE_PX = 64;
  private static final int EMPTY = 0xe3e7ed;

  int columns() {
    return (int) Math.ceil(Math.sqrt(count));
  }

  int tileWidth() {
    return scaled(images.width());
  }

  int tileHeight() {
    return scaled(images.height());
  }

  private int scaled(int side) {
    int most = Math.min(LARGEST_TILE_PX, MOST_PX / columns());
    int longest = Math.max(images.width(), images.height());
    return longest <= most ? side : Math.max(1, (int) ((long) side * most / longest));
  }

  BufferedImage picture() {
    int columns = columns();
    int rows = (count + columns - 1) / columns;
    var sprite =
        new BufferedImage(columns * tileWidth(), rows * tileHeight(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < count; i++) {
      draw(sprite, i % columns * tileWidth(), i / columns * tileHeight(), i);
    }
    return sprite;
  }

  private void draw(BufferedImage sprite, int left, int top, int item) {
    var pixels = images.pixels().apply(item);
    for (int y = 0; y < tileHeight(); y++) {
      for (int x = 0; x < tileWidth(); x++) {
        int tileX = x;
        int tileY = y;
        sprite.setRGB(left + x, top + y, pixels.map(p -> average(p, tileX, tileY)).orElse(EMPTY));
      }
    }
  }

  /** Mean of the image pixels covered by one pixel of the tile. */
  private int average(byte[] pixels, int x, int y) {
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      int channel = images.channels() == 3 ? c : 0;
      rgb = rgb << 8 | average(pixels, x, y, channel);
    }
    return rgb;
  }

  private int average(byte[] pixels, int x, int y, int channel) {
    int right = (x + 1) * images.width() / tileWidth();
    int bottom = (y + 1) * images.height() / tileHeight();
    int sum = 0;
    int number = 0;
    for (int row = y * images.height() / tileHeight(); row < bottom; row++) {
      for (int column = x * images.width() / tileWidth(); column < right; column++) {
        sum += pixels[(row * images.width() + column) * images.channels() + channel] & 0xff;
        number++;
      }
    }
    return (sum + number / 2) / number;
  }
}

package org.openmargin.experiment.fit;

import java.util.stream.IntStream;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.nn.Views;

/**
 * One turn for each image, so that fewer views of it, among many images, stand for all of them:
 * within each class every turn is taken equally often. A turn has three bits, as {@link Views} has
 * them in order: 4, rows become columns; then 2, upside down; then 1, mirrored left to right.
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, compared by nobody
record Turns(int[] byImage) {
  private static final int MIRRORED = 1;
  private static final int UPSIDE_DOWN = 2;
  private static final int TRANSPOSED = 4;

  /**
   * @param all views that stand for an image
   * @param seen as many of them, or fewer, that the network sees: it mirrors images by itself if
   *     these are two
   */
  static Turns of(KnownImages images, Views all, Views seen) {
    var turns = all.count() / seen.count();
    var next = new int[IntStream.of(images.labels()).max().orElse(0) + 1];
    return new Turns(
        IntStream.of(images.labels()).map(label -> next[label]++ % turns * seen.count()).toArray());
  }

  boolean isNone() {
    return IntStream.of(byImage).allMatch(turn -> turn == 0);
  }

  /** The images, each turned; square if some turn needs it. */
  Images of(Images images) {
    if (isNone()) {
      return images;
    }
    return Images.from(
        images.shape(),
        images.count(),
        (index, target, offset) -> {
          var pixels = new byte[images.bytesPerImage()];
          images.copyTo(index, pixels, 0);
          turn(images, byImage[index], pixels, target, offset);
        });
  }

  private static void turn(Images images, int turn, byte[] pixels, byte[] target, int offset) {
    var depth = images.channels();
    var to = offset;
    for (var row = 0; row < images.height(); row++) {
      for (var column = 0; column < images.width(); column++) {
        var x = (turn & MIRRORED) == 0 ? column : images.width() - 1 - column;
        var y = (turn & UPSIDE_DOWN) == 0 ? row : images.height() - 1 - row;
        var from = (turn & TRANSPOSED) == 0 ? y * images.width() + x : x * images.width() + y;
        System.arraycopy(pixels, from * depth, target, to, depth);
        to += depth;
      }
    }
  }
}

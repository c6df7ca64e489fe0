package org.openmargin.data.rehearsal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.PixelStore;

/**
 * Images between two classes: the mean of an image of each, pixel by pixel; the first of one class
 * with the first of the other, and so on.
 *
 * @param images of both classes, and perhaps of others
 * @param a id of a class
 * @param b id of another
 */
record Blends(LabeledImages images, int a, int b) {

  /** All images, then the blends as images of class {@code label}. */
  LabeledImages added(int label) {
    var ofA = of(a);
    var ofB = of(b);
    var all = images.images();
    var count = all.count();
    var blends = Math.min(ofA.length, ofB.length);
    PixelStore pixels =
        (index, target, offset) -> {
          if (index < count) {
            all.copyTo(index, target, offset);
          } else {
            blend(ofA[index - count], ofB[index - count], target, offset);
          }
        };
    var labels = Arrays.copyOf(images.labels(), count + blends);
    Arrays.fill(labels, count, labels.length, label);
    var ids = new ArrayList<>(images.ids());
    for (var i = 0; i < blends; i++) {
      ids.add("%s + %s".formatted(ids.get(ofA[i]), ids.get(ofB[i])));
    }
    return new LabeledImages(Images.from(all.shape(), count + blends, pixels), labels, ids);
  }

  private int[] of(int label) {
    return IntStream.range(0, images.count())
        .filter(row -> images.labels()[row] == label)
        .toArray();
  }

  private void blend(int ofA, int ofB, byte[] target, int offset) {
    var all = images.images();
    var other = new byte[all.bytesPerImage()];
    all.copyTo(ofA, target, offset);
    all.copyTo(ofB, other, 0);
    for (var i = 0; i < other.length; i++) {
      target[offset + i] = (byte) (((target[offset + i] & 255) + (other[i] & 255) + 1) / 2);
    }
  }
}

package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.List;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.ImagesBuilder;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.SplitMix;

/** Images of random waves for tests: each number is another picture. */
final class DrawnImages {
  static final int SIDE = 32;

  private final List<byte[]> pixels = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();

  /** The picture of a number, [32, 32, 1]. */
  static byte[] picture(long number) {
    var random = SplitMix.of(7, number);
    var waves = new double[12][4];
    for (var wave : waves) {
      wave[0] = random.between(-0.9, 0.9);
      wave[1] = random.between(-0.9, 0.9);
      wave[2] = random.between(0, 6.3);
      wave[3] = random.between(5, 20);
    }
    var picture = new byte[SIDE * SIDE];
    for (var i = 0; i < picture.length; i++) {
      var row = i / SIDE;
      var column = i % SIDE;
      var value = 128.0;
      for (var wave : waves) {
        value += wave[3] * Math.sin(wave[0] * row + wave[1] * column + wave[2]);
      }
      picture[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    return picture;
  }

  /** The same picture, a little darker and noisy. */
  static byte[] copy(byte[] picture) {
    var random = new SplitMix(3);
    var copy = new byte[picture.length];
    for (var i = 0; i < copy.length; i++) {
      copy[i] = (byte) Math.max(0, (picture[i] & 0xff) * 0.9 + random.around(0, 3));
    }
    return copy;
  }

  DrawnImages add(int label, byte[] picture, String group) {
    labels.add(label);
    pixels.add(picture);
    groups.add(group);
    return this;
  }

  /** Different pictures. */
  DrawnImages fill(int label, int first, int count) {
    for (var number = first; number < first + count; number++) {
      add(label, picture(number), "own " + number);
    }
    return this;
  }

  LabeledImages labelled(String split) {
    var images = new ImagesBuilder(new ImageShape(SIDE, SIDE, 1));
    pixels.forEach(picture -> images.add(picture, 0));
    var ids = new ArrayList<String>();
    for (var i = 0; i < labels.size(); i++) {
      ids.add("%s/%d".formatted(split, i));
    }
    return new LabeledImages(
        images.build(), labels.stream().mapToInt(l -> l).toArray(), ids, groups);
  }

  static Images one(byte[] picture) {
    return new ImagesBuilder(new ImageShape(SIDE, SIDE, 1)).add(picture, 0).build();
  }
}

package org.openmargin.experiment.map;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.openmargin.data.EpochOrder;
import org.openmargin.data.OpenSetSplits;
import org.openmargin.map.picture.MapImages;

/**
 * The test images to map: class by class, known ones first, ordered by class id.
 *
 * @param rows indices into all test images, ordered as in predictions.csv
 * @param classes that have an image
 */
public record MapChoice(List<Integer> rows, int classes) {

  /**
   * @param perClass most images of a class
   * @param seed of the choice
   */
  public record Rule(int perClass, long seed) {}

  public MapChoice {
    rows = List.copyOf(rows);
  }

  public static MapChoice of(OpenSetSplits splits, Rule rule) {
    var known = splits.test().known();
    var unknown = splits.test().unknown();
    var byClass = new ArrayList<int[]>();
    for (var label = 0; label < splits.split().known().size(); label++) {
      byClass.add(where(known.count(), i -> known.labels()[i], label));
    }
    for (var id : splits.split().unknown()) {
      var rows = where(unknown.count(), i -> unknown.classes()[i], id);
      byClass.add(Arrays.stream(rows).map(i -> known.count() + i).toArray());
    }
    var chosen = new ArrayList<Integer>();
    for (var c = 0; c < byClass.size(); c++) {
      some(byClass.get(c), rule, c).forEach(chosen::add);
    }
    return new MapChoice(chosen, (int) byClass.stream().filter(rows -> rows.length > 0).count());
  }

  private static int[] where(int count, IntUnaryOperator classOf, int wanted) {
    return IntStream.range(0, count).filter(i -> classOf.applyAsInt(i) == wanted).toArray();
  }

  private static IntStream some(int[] rows, Rule rule, int index) {
    var order = new EpochOrder(rule.seed(), rows.length).permutation(index);
    return Arrays.stream(order).limit(rule.perClass()).map(i -> rows[i]).sorted();
  }

  /** Their pixels; the prototypes, which follow them, have none. */
  public MapImages images(OpenSetSplits splits) {
    var known = splits.test().known().images();
    var unknown = splits.test().unknown().images();
    return new MapImages(
        known.height(),
        known.width(),
        known.channels(),
        item -> {
          if (item >= rows.size()) {
            return Optional.empty();
          }
          var row = rows.get(item);
          var pixels = new byte[known.bytesPerImage()];
          if (row < known.count()) {
            known.copyTo(row, pixels, 0);
          } else {
            unknown.copyTo(row - known.count(), pixels, 0);
          }
          return Optional.of(pixels);
        });
  }
}

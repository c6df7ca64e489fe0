package org.openmargin.exporter.timing;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openmargin.nn.InputFormat;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TUint8;

/**
 * The time of a call by the number of images.
 *
 * @param micros microseconds by batch size: 1, 2, 4, ...
 */
public record BatchTimes(NavigableMap<Integer, Long> micros) {
  private static final int MOST_IMAGES = 64;
  private static final int TURNS = 3;

  /** A call that takes longer ends the measurement. */
  private static final long LONG_MICROS = 250_000;

  /** A doubled batch must save this part of the time per image. */
  private static final double LEAST_GAIN = 0.1;

  public BatchTimes {
    micros = Collections.unmodifiableNavigableMap(new TreeMap<>((SortedMap<Integer, Long>) micros));
  }

  /** The shortest of three calls with black images of the network's size, after one to warm up. */
  public static BatchTimes of(LoadedModel model, InputFormat input) {
    var micros = new TreeMap<Integer, Long>();
    for (var size = 1; size <= MOST_IMAGES; size *= 2) {
      var shape = Shape.of(size, input.height(), input.width(), input.channels());
      try (var images = TUint8.tensorOf(shape)) {
        call(model, images);
        var shortest = Long.MAX_VALUE;
        for (var turn = 0; turn < TURNS; turn++) {
          shortest = Math.min(shortest, call(model, images));
        }
        micros.put(size, shortest);
        if (shortest > LONG_MICROS) {
          break;
        }
      }
    }
    return new BatchTimes(micros);
  }

  private static long call(LoadedModel model, TUint8 images) {
    var began = System.nanoTime();
    model.call(ModelContract.SERVING_DEFAULT, Map.of(ModelContract.IMAGES, images)).close();
    return Math.max(1, (System.nanoTime() - began) / 1000);
  }

  /** The batch size beyond which a doubled batch saves less than a tenth of the time per image. */
  public int best() {
    var best = micros.firstKey();
    for (var size : micros.tailMap(best, false).keySet()) {
      var before = (double) micros.get(best) / best;
      if ((double) micros.get(size) / size > (1 - LEAST_GAIN) * before) {
        return best;
      }
      best = size;
    }
    return best;
  }
}

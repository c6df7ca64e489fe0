package org.openmargin.speed;

import java.util.AbstractList;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.PixelStore;
import org.openmargin.data.TrainingData;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.loss.Scale;
import org.openmargin.loss.Suppression;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.runtime.Precision;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.optimizer.Optimizer;
import org.openmargin.trainer.rate.LearningRate;
import org.openmargin.trainer.rate.Schedule;

/** Common to the training benchmarks: noise images, crop and flip, Adam. */
final class Workload {
  static final int BATCH = 64;
  static final int CLASSES = 4;
  static final double RATE = 1e-3;

  private Workload() {}

  /** A backbone with the OMCL head, one descriptor per image. */
  static OpenSetNetwork omcl(int sizePx, ResNet resNet) {
    var suppression =
        new Suppression(
            0.5, 1, Suppression.Descriptors.NORMALIZED, Suppression.Reduction.SUM_OF_MEANS);
    var head =
        new Omcl(
            CLASSES,
            new Omcl.Margins(-0.1, 0),
            new OpenClass(true, 0.1, suppression),
            new Scale(16, 0.1));
    return new OpenSetNetwork(InputFormat.of(sizePx, sizePx, 3), resNet, head);
  }

  /**
   * @param window steps between two reports; checkpoints come after the last epoch
   */
  static TrainSettings settings(int epochs, int batch, Precision precision, int window) {
    var step =
        new TrainSettings.StepSettings(
            new Optimizer.Adam(0.9, 0.999, 1e-8, Optimizer.Decay.NONE),
            new LearningRate(RATE, new Schedule.Constant(), 0),
            0,
            new Augmentation(4, true, false, new Augmentation.ColorJitter(0, 0)),
            precision);
    var keeping =
        new TrainSettings.KeepSettings(TrainSettings.Selection.LAST_EPOCH, 1, epochs, window);
    return new TrainSettings(epochs, batch, 7, step, keeping);
  }

  /** Square noise images whose mean tells the class, generated whenever they are read. */
  static Images noise(int sizePx, int count) {
    var shape = new ImageShape(sizePx, sizePx, 3);
    PixelStore pixels =
        (index, target, offset) -> {
          var mean = 60 + 45 * (index % CLASSES);
          var state = (index + 1) * 0x9E3779B97F4A7C15L;
          for (var i = 0; i < shape.bytes(); i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            target[offset + i] = (byte) (mean + Math.floorMod(state, 81) - 40);
          }
        };
    return Images.from(shape, count, pixels);
  }

  /** The same, in memory. */
  static Images noiseInMemory(int sizePx, int count) {
    return Images.of(sizePx, sizePx, 3, pixels(noise(sizePx, count)));
  }

  /** All pixels, image after image. */
  static byte[] pixels(Images images) {
    var pixels = new byte[images.count() * images.bytesPerImage()];
    IntStream.range(0, images.count())
        .forEach(i -> images.copyTo(i, pixels, i * images.bytesPerImage()));
    return pixels;
  }

  /** Noise images with their classes; validation is a single batch. */
  static TrainingData data(Images images) {
    var names = List.of("a", "b", "c", "d");
    return new TrainingData(names, known(images), known(images.select(new int[BATCH])));
  }

  private static KnownImages known(Images images) {
    var count = images.count();
    List<String> ids =
        new AbstractList<>() {
          @Override
          public String get(int index) {
            return Integer.toString(index);
          }

          @Override
          public int size() {
            return count;
          }
        };
    return new KnownImages(images, IntStream.range(0, count).map(i -> i % CLASSES).toArray(), ids);
  }
}

package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openmargin.data.ImageShape;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.PixelStore;
import org.openmargin.data.TrainingData;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.loss.Omcl;
import org.openmargin.loss.OpenClass;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.FeedSettings;
import org.openmargin.trainer.LearningRate;
import org.openmargin.trainer.Optimizer;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.Schedule;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.Trainer;

/**
 * Training on images that are not in memory: its peak memory and how long steps wait for their
 * images; and, on a set that fits, its speed against images on the device.
 */
final class StreamingBenchmark {
  private static final int BATCH = 64;
  private static final int CLASSES = 4;
  private static final int WINDOW = 20;
  private static final int ROUNDS = 7;

  private final Path folder;
  private final ImageShape shape;
  private final ResNet resNet;

  private StreamingBenchmark(Path folder, int sizePx, ResNet resNet) {
    this.folder = folder;
    this.shape = new ImageShape(sizePx, sizePx, 3);
    this.resNet = resNet;
  }

  /**
   * Arguments: {@code large FOLDER SIZE_PX MIB STEPS file|demand} or {@code compare FOLDER SIZE_PX
   * MIB STEPS small|resnet18}.
   */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var resNet =
        args[5].equals("resnet18")
            ? ResNet.resNet18(ResNet.Stem.POOLED_7X7, ResNet.NORM)
            // Not ResNet.tiny, whose 8 channels oneDNN does not survive from 48 px on (TensorFlow
            // 2.18,
            // AVX-512): the gradient of a 1x1 kernel of stride 2 writes past its memory.
            : new ResNet(ResNet.Stem.POOLED_7X7, List.of(1, 1, 1), 16, ResNet.NORM);
    var folder = Files.createTempDirectory(Path.of(args[1]), "streaming-benchmark");
    try {
      var benchmark = new StreamingBenchmark(folder, Integer.parseInt(args[2]), resNet);
      var mib = Long.parseLong(args[3]);
      var steps = Integer.parseInt(args[4]);
      if (args[0].equals("large")) {
        benchmark.large(mib, steps, args[5].equals("file"));
      } else {
        benchmark.compare(mib, steps, args[5]);
      }
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
      }
    }
  }

  private void large(long mib, int steps, boolean inFile) throws IOException {
    System.out.printf(
        "small network, %s images, batch %d, %d MiB %s; Java heap at most %d MiB, %d readers%n",
        shape,
        BATCH,
        mib,
        inFile ? "in a file" : "made on demand",
        Runtime.getRuntime().maxMemory() >> 20,
        FeedSettings.defaultReaders());
    var made = images(mib);
    var began = System.nanoTime();
    var images = inFile ? storage(0).keep(origin(), made) : made;
    System.out.printf(
        "%d images ready after %.1f s%n", images.count(), (System.nanoTime() - began) * 1e-9);
    var turn = train(data(images), FeedSettings.Place.STREAMED, steps);
    System.out.printf(
        "%d steps: %.0f images/s, %.1f %% of the time waiting for images%n",
        turn.steps(), turn.imagesPerSecond(), 100 * turn.inputWait());
    System.out.printf("peak memory (VmHWM): %d MiB%n", ProcessUse.peakMemory());
  }

  private void compare(long mib, int steps, String network) throws IOException {
    System.out.printf(
        "%s network, %s images, batch %d, %d MiB: turns of %d steps, on the device and streamed from a file%n",
        network, shape, BATCH, mib, steps);
    var file = storage(0).keep(origin(), images(mib));
    var data = data(file);
    var speed = new ArrayList<Double>();
    var cpu = new ArrayList<Double>();
    var streamedSpeeds = new ArrayList<Double>();
    var waits = new ArrayList<Double>();
    train(data, FeedSettings.Place.RESIDENT, 2 * WINDOW);
    for (var round = 0; round < ROUNDS; round++) {
      var first = round % 2 == 0 ? FeedSettings.Place.RESIDENT : FeedSettings.Place.STREAMED;
      var a = train(data, first, steps);
      var b =
          train(
              data,
              round % 2 == 0 ? FeedSettings.Place.STREAMED : FeedSettings.Place.RESIDENT,
              steps);
      var resident = round % 2 == 0 ? a : b;
      var streamed = round % 2 == 0 ? b : a;
      speed.add(streamed.imagesPerSecond() / resident.imagesPerSecond());
      cpu.add(streamed.cpuMillisPerStep() / resident.cpuMillisPerStep());
      streamedSpeeds.add(streamed.imagesPerSecond());
      waits.add(streamed.inputWait());
    }
    System.out.printf(
        "speed of streamed / resident: median of %d rounds %.3f (from %.3f to %.3f)%n",
        ROUNDS,
        median(speed),
        speed.stream().sorted().findFirst().orElseThrow(),
        speed.stream().max(Comparator.naturalOrder()).orElseThrow());
    System.out.printf("CPU time of a step, streamed / resident: median %.3f%n", median(cpu));
    System.out.printf(
        "streamed: median %.0f images/s, %.1f %% of the time waiting for images%n",
        median(streamedSpeeds), 100 * median(waits));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** Noise around a colour that depends on the class, cheap to make. */
  private Images images(long mib) {
    var count = Math.toIntExact((mib << 20) / shape.bytes());
    PixelStore noise =
        (index, target, offset) -> {
          var state = (index + 1) * 0x9E3779B97F4A7C15L;
          for (var i = 0; i < shape.bytes(); i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            var tint = i % 3 == index % CLASSES ? 96 : 0;
            target[offset + i] = (byte) ((state & 127) + tint);
          }
        };
    return Images.from(shape, count, noise);
  }

  private ImageStorage storage(long memoryBytes) {
    return new ImageStorage(folder, memoryBytes, System.out::println);
  }

  private ImageStorage.Origin origin() {
    return new ImageStorage.Origin("noise", "benchmark", () -> "1");
  }

  private TrainingData data(Images images) {
    var names = List.of("a", "b", "c", "d");
    return new TrainingData(names, known(images), known(images.select(new int[BATCH])));
  }

  private static KnownImages known(Images images) {
    var labels = new int[images.count()];
    for (var i = 0; i < labels.length; i++) {
      labels[i] = i % CLASSES;
    }
    return new KnownImages(images, labels, names(labels.length));
  }

  private static List<String> names(int count) {
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        return Integer.toString(index);
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  /** What some steps were like, without the first of them. */
  private record Turn(
      long steps, double imagesPerSecond, double inputWait, double cpuMillisPerStep) {}

  /** Ends a training in the middle of an epoch. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Turn train(TrainingData data, FeedSettings.Place place, int steps) {
    var defaults = FeedSettings.DEFAULT;
    var feeding = new FeedSettings(place, 0, defaults.readers(), defaults.prefetchBatches());
    var trainer = new Trainer(network(), settings(), RuntimeSettings.CPU, feeding);
    var windows = new Windows(steps);
    try {
      trainer.train(data, folder.resolve("checkpoints"), false, List.of(windows));
    } catch (Enough e) {
      return windows.turn();
    }
    return windows.turn();
  }

  private static final class Windows implements RunListener {
    private final int steps;
    private final List<Progress> progress = new ArrayList<>();
    private long cpuBegan;
    private long cpuEnded;

    Windows(int steps) {
      this.steps = steps;
    }

    @Override
    public void progressed(Progress p) {
      progress.add(p);
      cpuEnded = ProcessUse.cpuNanos();
      if (progress.size() == 1) {
        cpuBegan = cpuEnded;
      }
      if (p.at().step() >= steps + WINDOW) {
        throw new Enough();
      }
    }

    Turn turn() {
      var counted = progress.subList(1, progress.size());
      var seconds =
          counted.stream().mapToDouble(p -> WINDOW * BATCH / p.speed().imagesPerSecond()).sum();
      var waited =
          counted.stream()
              .mapToDouble(
                  p -> p.speed().inputWait() * WINDOW * BATCH / p.speed().imagesPerSecond())
              .sum();
      var done = (long) counted.size() * WINDOW;
      return new Turn(
          done, done * BATCH / seconds, waited / seconds, (cpuEnded - cpuBegan) * 1e-6 / done);
    }
  }

  private OpenSetNetwork network() {
    var suppression =
        new OpenClass.Suppression(
            0.5, 1, OpenClass.Descriptors.NORMALIZED, OpenClass.Reduction.SUM_OF_MEANS);
    var head =
        new Omcl(
            CLASSES,
            new Omcl.Margins(-0.1, 0),
            new OpenClass(true, 0.1, suppression),
            new Omcl.Scale(16, 0.1));
    var input = InputFormat.of(shape.height(), shape.width(), shape.channels());
    return new OpenSetNetwork(input, resNet, head);
  }

  private static TrainSettings settings() {
    var step =
        new TrainSettings.StepSettings(
            new Optimizer.Adam(0.9, 0.999, 1e-8, Optimizer.Decay.NONE),
            new LearningRate(1e-3, new Schedule.Constant(), 0),
            0,
            new Augmentation(4, true, false, new Augmentation.ColorJitter(0, 0)),
            Precision.FLOAT32);
    var keeping =
        new TrainSettings.KeepSettings(TrainSettings.Selection.LAST_EPOCH, 1, 1000, WINDOW);
    return new TrainSettings(1000, BATCH, 7, step, keeping);
  }
}

package org.openmargin.speed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.openmargin.data.Images;
import org.openmargin.data.KnownImages;
import org.openmargin.data.TrainingData;
import org.openmargin.loss.SoftmaxCrossEntropy;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.augment.Augmentation;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.LearningRate;
import org.openmargin.trainer.Optimizer;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.Schedule;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.Trainer;

/**
 * OpenMargin as a contestant of the benchmark: {@code Trainer.train} as a user calls it, held by a
 * listener whenever it is not its turn. It speaks as {@code peers/peer.py} does.
 */
final class OpenMarginPeer implements RunListener {
  private static final int CLASSES = 4;
  private static final int COUNT = 4096;

  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final int window;
  private boolean ready;
  private long began = System.nanoTime();
  private long cpuBegan = ProcessUse.cpuNanos();

  private OpenMarginPeer(int window) {
    this.window = window;
  }

  /** Arguments: device, size, stem, batch, precision, threads, steps of a turn. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var size = Integer.parseInt(args[1]);
    var stem = args[2].equals("pooled") ? ResNet.Stem.POOLED_7X7 : ResNet.Stem.SMALL_3X3;
    var batch = Integer.parseInt(args[3]);
    var precision = Precision.valueOf(args[4].toUpperCase(Locale.ROOT));
    var threads = Integer.parseInt(args[5]);
    var window = Integer.parseInt(args[6]);
    var network =
        new OpenSetNetwork(
            InputFormat.of(size, size, 3),
            ResNet.resNet18(stem, ResNet.NORM),
            new SoftmaxCrossEntropy(CLASSES, 0, SoftmaxCrossEntropy.Smoothing.ALL_CLASSES));
    var runtime =
        new RuntimeSettings(
            args[0].equals("gpu") ? RuntimeSettings.Device.GPU : RuntimeSettings.Device.CPU,
            false,
            RuntimeSettings.Kernels.DEFAULT,
            new RuntimeSettings.Threads(threads, 0),
            RuntimeSettings.Gpu.DEFAULT);
    var data = new TrainingData(List.of("a", "b", "c", "d"), noise(COUNT, size), noise(64, size));
    var folder = Files.createTempDirectory("openmargin-peer");
    try {
      new Trainer(network, settings(batch, precision, window), runtime)
          .train(data, folder, false, List.of(new OpenMarginPeer(window)));
    } catch (EndOfInput e) {
      // The benchmark is over.
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
      }
    }
  }

  private static TrainSettings settings(int batch, Precision precision, int window) {
    var step =
        new TrainSettings.StepSettings(
            new Optimizer.Adam(0.9, 0.999, 1e-8, Optimizer.Decay.NONE),
            new LearningRate(1e-3, new Schedule.Constant(), 0),
            0,
            new Augmentation(4, true, false, new Augmentation.ColorJitter(0, 0)),
            precision);
    var epochs = 1_000_000;
    var keeping =
        new TrainSettings.KeepSettings(TrainSettings.Selection.LAST_EPOCH, 1, epochs, window);
    return new TrainSettings(epochs, batch, 7, step, keeping);
  }

  /** Noise whose mean tells the class, as in {@code peers/peer.py}. */
  private static KnownImages noise(int count, int size) {
    var random = new Random(1);
    var pixels = new byte[count * size * size * 3];
    var labels = IntStream.range(0, count).map(i -> i % CLASSES).toArray();
    for (var i = 0; i < pixels.length; i++) {
      var label = labels[i / (size * size * 3)];
      pixels[i] = (byte) Math.max(0, Math.min(255, 60 + 45 * label + random.nextInt(81) - 40));
    }
    var ids = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    return new KnownImages(Images.of(size, size, 3, pixels), labels, ids);
  }

  @Override
  public void progressed(Progress progress) {
    if (ready) {
      System.out.printf(
          "%.6f %.6f %.4f %d%n",
          (System.nanoTime() - began) * 1e-9,
          (ProcessUse.cpuNanos() - cpuBegan) * 1e-9,
          progress.loss(),
          ProcessUse.peakMemory());
    } else {
      var start = ManagementFactory.getRuntimeMXBean().getStartTime();
      System.out.printf("ready %.3f OpenMargin%n", (System.currentTimeMillis() - start) * 1e-3);
      ready = true;
    }
    System.out.flush();
    awaitTurn();
    began = System.nanoTime();
    cpuBegan = ProcessUse.cpuNanos();
  }

  private void awaitTurn() {
    try {
      var line = input.readLine();
      if (line == null) {
        throw new EndOfInput();
      }
      if (Integer.parseInt(line) != window) {
        throw new IllegalArgumentException("a turn has " + window + " steps");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class EndOfInput extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}

package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.data.Images;
import org.openmargin.data.TrainingData;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.files.Folders;
import org.openmargin.model.ResNet;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.FeedSettings;
import org.openmargin.trainer.FeedSettings.Place;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.Trainer;

/**
 * Training on images that are not in memory: peak memory and how long steps wait for images; and,
 * on a set that fits, the speed against images on the device.
 */
final class StreamingBenchmark {
  private static final int WINDOW = 20;
  private static final int ROUNDS = 7;
  private static final int EPOCHS = 1000;

  private final Path folder;
  private final int sizePx;
  private final ResNet resNet;

  private StreamingBenchmark(Path folder, int sizePx, ResNet resNet) {
    this.folder = folder;
    this.sizePx = sizePx;
    this.resNet = resNet;
  }

  /**
   * Arguments: {@code large FOLDER SIZE_PX MIB STEPS file|demand} or {@code compare FOLDER SIZE_PX
   * MIB STEPS small|resnet18}.
   */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var resNet =
        args[5].equals("resnet18")
            ? ResNet.resNet18(ResNet.Stem.POOLED_7X7, ResNet.NORM)
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
      Folders.delete(folder);
    }
  }

  private void large(long mib, int steps, boolean inFile) throws IOException {
    System.out.printf(
        "small network, %d px images, batch %d, %d MiB %s; Java heap at most %d MiB, %d readers%n",
        sizePx,
        Workload.BATCH,
        mib,
        inFile ? "in a file" : "made on demand",
        Runtime.getRuntime().maxMemory() >> 20,
        FeedSettings.defaultReaders());
    var began = System.nanoTime();
    var images = inFile ? inFile(noise(mib)) : noise(mib);
    System.out.printf(
        "%d images ready after %.1f s%n", images.count(), (System.nanoTime() - began) * 1e-9);
    var pace = train(Workload.data(images), Place.STREAMED, steps);
    System.out.printf(
        "%d steps: %.0f images/s, %.1f %% of the time waiting for images%n",
        pace.steps(), pace.imagesPerSecond(), 100 * pace.inputWait());
    System.out.printf("peak memory (VmHWM): %d MiB%n", ProcessUse.peakMemory());
  }

  private void compare(long mib, int steps, String network) throws IOException {
    System.out.printf(
        "%s network, %d px images, batch %d, %d MiB: turns of %d steps, on the device and streamed from a file%n",
        network, sizePx, Workload.BATCH, mib, steps);
    var data = Workload.data(inFile(noise(mib)));
    var resident = new ArrayList<Pace>();
    var streamed = new ArrayList<Pace>();
    train(data, Place.RESIDENT, 2 * WINDOW);
    for (var round = 0; round < ROUNDS; round++) {
      if (round % 2 == 0) {
        resident.add(train(data, Place.RESIDENT, steps));
      }
      streamed.add(train(data, Place.STREAMED, steps));
      if (round % 2 == 1) {
        resident.add(train(data, Place.RESIDENT, steps));
      }
    }
    var speed = Quantiles.ofRatios(streamed, resident, Pace::imagesPerSecond);
    System.out.printf(
        "speed of streamed / resident: median of %d rounds %.3f (from %.3f to %.3f)%n",
        ROUNDS, speed.median(), speed.at(0), speed.at(1));
    System.out.printf(
        "CPU time of a step, streamed / resident: median %.3f%n",
        Quantiles.ofRatios(streamed, resident, Pace::cpuMillisPerStep).median());
    System.out.printf(
        "streamed: median %.0f images/s, %.1f %% of the time waiting for images%n",
        Quantiles.of(streamed.stream().mapToDouble(Pace::imagesPerSecond)).median(),
        100 * Quantiles.of(streamed.stream().mapToDouble(Pace::inputWait)).median());
  }

  private Images noise(long mib) {
    return Workload.noise(sizePx, Math.toIntExact((mib << 20) / (3L * sizePx * sizePx)));
  }

  private Images inFile(Images images) throws IOException {
    var origin = new ImageStorage.Origin("noise", "benchmark", () -> "1");
    return new ImageStorage(folder, 0, System.out::println).keep(origin, images);
  }

  /**
   * Measurements of some steps, without the first window.
   *
   * @param inputWait share of the time that steps waited for images
   */
  private record Pace(
      long steps, double imagesPerSecond, double inputWait, double cpuMillisPerStep) {}

  /** Ends a training run in the middle of an epoch. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Pace train(TrainingData data, Place place, int steps) {
    var defaults = FeedSettings.DEFAULT;
    var feeding = new FeedSettings(place, 0, defaults.readers(), defaults.prefetchBatches());
    var network = Workload.omcl(sizePx, resNet);
    var settings = Workload.settings(EPOCHS, Workload.BATCH, Precision.FLOAT32, WINDOW);
    var windows = new Windows(steps);
    try {
      new Trainer(network, settings, RuntimeSettings.CPU, feeding)
          .train(data, folder.resolve("checkpoints"), false, List.of(windows));
    } catch (Enough e) {
      return windows.pace();
    }
    return windows.pace();
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

    Pace pace() {
      var counted = progress.subList(1, progress.size());
      var seconds = counted.stream().mapToDouble(Windows::seconds).sum();
      var waited = counted.stream().mapToDouble(p -> p.speed().inputWait() * seconds(p)).sum();
      var done = (long) counted.size() * WINDOW;
      return new Pace(
          done,
          done * Workload.BATCH / seconds,
          waited / seconds,
          (cpuEnded - cpuBegan) * 1e-6 / done);
    }

    private static double seconds(Progress window) {
      return WINDOW * Workload.BATCH / window.speed().imagesPerSecond();
    }
  }
}

package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openmargin.files.Folders;
import org.openmargin.model.ResNet;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.Trainer;

/**
 * One training on one device, or on several virtual ones of the CPU: its losses and its speed. A
 * process has one setting, because TensorFlow fixes its threads when it starts.
 */
final class DevicesBenchmark {
  private static final int IMAGES = 4096;

  private DevicesBenchmark() {}

  /** What the steps of a window took, and their mean loss. */
  private record Window(double millis, double loss) {}

  /**
   * Arguments: devices, {@code SYNCHRONISED} or {@code OF_EACH_DEVICE}, threads within an
   * operation, operations in parallel, image size, stem, windows, steps per window.
   */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var threads = new RuntimeSettings.Threads(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    var parallel =
        new RuntimeSettings.Parallel(Integer.parseInt(args[0]), args[1].equals("SYNCHRONISED"));
    var runtime =
        new RuntimeSettings(
            RuntimeSettings.Device.CPU,
            false,
            RuntimeSettings.Kernels.DEFAULT,
            threads,
            RuntimeSettings.Gpu.DEFAULT,
            parallel);
    var resNet = ResNet.resNet18(ResNet.Stem.valueOf(args[5]), ResNet.NORM);
    var windows = train(runtime, Integer.parseInt(args[4]), resNet, counts(args));
    // The first window warms up.
    var millis =
        Quantiles.of(windows.subList(1, windows.size()).stream().mapToDouble(Window::millis));
    System.out.printf(
        "%d device%s, %s, %d thread%s within an operation, %d in parallel: median %.1f ms per step (quartiles %.1f, %.1f), %.1f images/s, peak memory %d MiB%n",
        parallel.devices(),
        parallel.devices() == 1 ? "" : "s",
        parallel.isNone() ? "batch norms as usual" : "batch statistics " + args[1],
        threads.intraOp(),
        threads.intraOp() == 1 ? "" : "s",
        threads.interOp(),
        millis.median(),
        millis.at(0.25),
        millis.at(0.75),
        Workload.BATCH * 1000 / millis.median(),
        ProcessUse.peakMemory());
    System.out.println(
        windows.stream()
            .map(window -> "%.6f".formatted(window.loss()))
            .collect(Collectors.joining(" ", "losses ", "")));
  }

  private record Counts(int windows, int steps) {}

  private static Counts counts(String[] args) {
    return new Counts(Integer.parseInt(args[6]), Integer.parseInt(args[7]));
  }

  /** Ends a training run in the middle of an epoch. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static List<Window> train(
      RuntimeSettings runtime, int sizePx, ResNet resNet, Counts counts) throws IOException {
    var settings = Workload.settings(1000, Workload.BATCH, Precision.FLOAT32, counts.steps());
    var trainer = new Trainer(Workload.omcl(sizePx, resNet), settings, runtime);
    var data = Workload.data(Workload.noiseInMemory(sizePx, IMAGES));
    var windows = new ArrayList<Window>();
    var clock =
        new RunListener() {
          private long began = System.nanoTime();

          @Override
          public void progressed(Progress progress) {
            var now = System.nanoTime();
            windows.add(new Window((now - began) * 1e-6 / counts.steps(), progress.loss()));
            began = now;
            if (windows.size() == counts.windows()) {
              throw new Enough();
            }
          }
        };
    var folder = Files.createTempDirectory("devices-benchmark");
    try {
      trainer.train(data, folder, false, List.of(clock));
    } catch (Enough e) {
      return windows;
    } finally {
      Folders.delete(folder);
    }
    throw new IllegalStateException("training ended before its windows did");
  }
}

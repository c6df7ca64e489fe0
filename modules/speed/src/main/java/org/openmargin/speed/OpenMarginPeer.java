package org.openmargin.speed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.openmargin.files.Folders;
import org.openmargin.loss.SoftmaxCrossEntropy;
import org.openmargin.model.ResNet;
import org.openmargin.nn.InputFormat;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.Trainer;

/**
 * OpenMargin among the peers of {@code tools/benchmarks/train}: {@code Trainer.train} as a user
 * calls it, paused by a listener between its turns. Its protocol is that of {@code peers/peer.py}.
 */
final class OpenMarginPeer implements RunListener {
  private static final int IMAGES = 4096;
  private static final int EPOCHS = 1_000_000;

  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final int window;
  private boolean ready;
  private long began;
  private long cpuBegan;

  private OpenMarginPeer(int window) {
    this.window = window;
  }

  /** Arguments: device, size, stem, batch, precision, threads, steps per turn. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var size = Integer.parseInt(args[1]);
    var stem = args[2].equals("pooled") ? ResNet.Stem.POOLED_7X7 : ResNet.Stem.SMALL_3X3;
    var precision = Precision.valueOf(args[4].toUpperCase(Locale.ROOT));
    var window = Integer.parseInt(args[6]);
    var network =
        new OpenSetNetwork(
            InputFormat.of(size, size, 3),
            ResNet.resNet18(stem, ResNet.NORM),
            new SoftmaxCrossEntropy(
                Workload.CLASSES, 0, SoftmaxCrossEntropy.Smoothing.ALL_CLASSES));
    var runtime =
        new RuntimeSettings(
            args[0].equals("gpu") ? RuntimeSettings.Device.GPU : RuntimeSettings.Device.CPU,
            false,
            RuntimeSettings.Kernels.DEFAULT,
            new RuntimeSettings.Threads(Integer.parseInt(args[5]), 0),
            RuntimeSettings.Gpu.DEFAULT);
    var settings = Workload.settings(EPOCHS, Integer.parseInt(args[3]), precision, window);
    var data = Workload.data(Workload.noiseInMemory(size, IMAGES));
    var folder = Files.createTempDirectory("openmargin-peer");
    try {
      new Trainer(network, settings, runtime)
          .train(data, folder, false, List.of(new OpenMarginPeer(window)));
    } catch (EndOfInput e) {
      // The benchmark is over.
    } finally {
      Folders.delete(folder);
    }
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
      System.out.printf(
          "ready %.3f OpenMargin%n", ProcessUse.secondsUntil(System.currentTimeMillis()));
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

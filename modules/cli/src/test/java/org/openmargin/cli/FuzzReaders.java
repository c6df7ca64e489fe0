package org.openmargin.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.openmargin.data.DataException;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.serving.FileDigests;
import org.openmargin.trainer.Checkpoints;
import org.openmargin.trainer.TrainSettings.Selection;
import org.openmargin.trainer.TrainingException;
import org.openmargin.trainer.weights.InitialWeights;
import org.openmargin.trainer.weights.WeightDigest;
import org.openmargin.trainer.weights.WeightsException;

/** What reads damaged files, and what must not happen then. */
final class FuzzReaders {
  private FuzzReaders() {}

  static void validated(Path file) {
    command("config", "validate", file);
  }

  static void plan(Path file) {
    command("benchmark", "validate", file);
  }

  /** A command answers, or refuses in lines of the program; never with its own fault. */
  static void command(Object... args) {
    var result = CommandLineRun.of(args);
    if (result.code() == 70) {
      throw new AssertionError("exit code 70: " + result.err().lines().findFirst().orElse(""));
    }
    if (result.code() != 0 && result.errors().isEmpty() && result.out().isEmpty()) {
      throw new AssertionError("exit code %d without a word".formatted(result.code()));
    }
    if (result
        .err()
        .lines()
        .anyMatch(line -> line.startsWith("\tat ") || line.contains("Exception"))) {
      throw new AssertionError("a stack trace: " + result.err().lines().findFirst().orElse(""));
    }
    if ((result.err() + result.out())
        .chars()
        .anyMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r')) {
      throw new AssertionError("a control character is printed");
    }
  }

  /** A table that is no text, with its images, if they are in it. */
  static void table(Path file) {
    command("data", "describe", file);
    try {
      Manifest.read(file, Manifest.Settings.USUAL);
    } catch (DataException e) {
      requireWords(e);
      if (e.getMessage().contains("memory")) {
        throw new AssertionError("memory for what a header claims: " + e.getMessage());
      }
    }
  }

  static void decoded(Path file) {
    try {
      ImageFiles.decode(file, 3);
    } catch (DataException e) {
      requireWords(e);
    }
  }

  static void initialWeights(Path file) {
    try {
      var elements = 0L;
      for (var tensor : InitialWeights.ofSafetensors(file).tensors().byName().values()) {
        elements += tensor.values().get().length;
      }
      if (elements > file.toFile().length()) {
        throw new AssertionError("more elements than the file has bytes");
      }
    } catch (WeightsException e) {
      requireWords(e);
    }
  }

  static void variables(Path file) {
    var prefix = file.resolveSibling("variables");
    try {
      WeightDigest.of(prefix);
    } catch (WeightsException e) {
      requireWords(e);
    }
  }

  static void checkpoint(Path folder) {
    try {
      var checkpoints = new Checkpoints(folder, 1);
      checkpoints.isNewestIntact();
      checkpoints.selected(Selection.BEST_VALIDATION_ACCURACY);
    } catch (TrainingException e) {
      requireWords(e);
    }
  }

  static void verifiedAnew(Path version) throws IOException {
    FileDigests.of(version).write(version);
    command("verify", version);
  }

  static void requireWords(RuntimeException refusal) {
    var message = String.valueOf(refusal.getMessage());
    if (message.isBlank() || message.contains("null") || message.contains("Exception")) {
      throw new AssertionError("refused without words: " + message);
    }
  }
}

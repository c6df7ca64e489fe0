package org.openmargin.speed.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.openmargin.files.AtomicFile;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.ScorerMetrics;
import org.openmargin.speed.ProcessUse;

/**
 * Measures how costs grow, and extends the lines to 10^9 images, 10^4 classes and 10^7 templates.
 * What breaks first is in {@code tools/benchmarks/scale/README.md}.
 */
final class ScaleBenchmark {
  private static final double IMAGES = 1e9;
  private static final double CLASSES = 1e4;
  private static final double TEMPLATES = 1e7;
  private static final int FILES_PER_SHARD = 1000;
  private static final double MIB = 1 << 20;

  private ScaleBenchmark() {}

  /** Argument: an empty folder for files. */
  public static void main(String[] args) {
    var folder = Path.of(args[0]);
    System.out.println("| cost | measured | of a million more | at the target |");
    System.out.println("|---|---|---|---|");
    var rows =
        List.of(
            new Growth(
                "training step of the head, batch of 64, by classes",
                "ms of processors",
                new int[] {1000, 2000, 4000},
                CLASSES,
                HeadStep::millis),
            new Growth(
                "one image against a gallery, by templates",
                "ms of processors",
                new int[] {25_000, 50_000, 100_000},
                TEMPLATES,
                templates -> GalleryProduct.millis(1, templates)),
            new Growth(
                "64 images against a gallery, by templates",
                "ms of processors",
                new int[] {25_000, 50_000, 100_000},
                TEMPLATES,
                templates -> GalleryProduct.millis(64, templates)),
            new Growth(
                "all metrics of an evaluation, by scores",
                "s of a processor",
                new int[] {500_000, 1_000_000, 2_000_000},
                IMAGES,
                ScaleBenchmark::metrics),
            new Growth(
                "the list of the files of an archive, by files",
                "MiB of the heap",
                new int[] {100_000, 200_000, 400_000},
                IMAGES,
                ScaleBenchmark::listed),
            new Growth(
                "shards of answers, written and joined, by files",
                "s",
                new int[] {100_000, 200_000, 400_000},
                IMAGES,
                files -> shards(folder, files / FILES_PER_SHARD)));
    rows.forEach(row -> System.out.println(row.row()));
  }

  /** Processor seconds; half of the scores are of unknown images. */
  private static double metrics(int scores) {
    var random = new SplittableRandom(1);
    var known = random.doubles(scores / 2).toArray();
    var unknown = random.doubles(scores - known.length).map(score -> score + 0.5).toArray();
    var correct = new boolean[known.length];
    var began = ProcessUse.cpuNanos();
    ScorerMetrics.of("x", new UnknownScores(known, unknown, correct));
    return (ProcessUse.cpuNanos() - began) * 1e-9;
  }

  /** Mebibytes that paths of usual length keep. */
  private static double listed(int files) {
    var before = used();
    var paths =
        IntStream.range(0, files)
            .mapToObj(i -> Path.of("/archive/site-01/2026/study-%06d/%09d.png".formatted(i / 9, i)))
            .toList();
    var kept = used() - before;
    if (paths.size() != files) {
      throw new IllegalStateException("paths are missing");
    }
    return kept / MIB;
  }

  private static long used() {
    var runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Seconds for shards of a thousand rows each. */
  private static double shards(Path folder, int shards) {
    var row = "/archive/site-01/2026/study-000001/000000001.png," + "x".repeat(200) + "\n";
    var text = row.repeat(FILES_PER_SHARD);
    var parts = folder.resolve("parts");
    var began = System.nanoTime();
    try {
      Files.createDirectories(parts);
      for (var i = 0; i < shards; i++) {
        AtomicTextFile.write(parts.resolve("%06d".formatted(i)), writer -> writer.write(text));
      }
      AtomicFile.write(
          folder.resolve("answers.csv"),
          stream -> {
            for (var i = 0; i < shards; i++) {
              Files.copy(parts.resolve("%06d".formatted(i)), stream);
            }
          });
      var seconds = (System.nanoTime() - began) * 1e-9;
      Files.delete(folder.resolve("answers.csv"));
      for (var i = 0; i < shards; i++) {
        Files.delete(parts.resolve("%06d".formatted(i)));
      }
      return seconds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

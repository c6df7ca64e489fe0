package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.csv.ScoresCsv;
import org.openmargin.scoring.metric.Bootstrap;
import org.openmargin.scoring.metric.ScorerMetrics;

/** Times all metrics of many scores, reading them from a file, and intervals. */
final class MetricsBenchmark {
  private static final int ROUNDS = 3;

  private MetricsBenchmark() {}

  private interface Work {
    void run() throws IOException;
  }

  public static void main(String[] args) throws IOException {
    var images = Integer.parseInt(args[0]);
    var file = Path.of(args[1]);
    System.out.printf(
        Locale.ROOT, "%,d scores, half of them unknown; the best of %d rounds%n", images, ROUNDS);
    System.out.printf("%-48s %9s %9s%n", "", "time", "processor");
    var distinct = scores(images, score -> score);
    time("all metrics, no two scores equal", () -> ScorerMetrics.of("x", distinct));
    var floats = scores(images, score -> (float) score);
    time("all metrics, scores as floats", () -> ScorerMetrics.of("x", floats));
    var tied = scores(images, score -> Math.rint(score * 200) / 200);
    time("all metrics, about 2,000 distinct scores", () -> ScorerMetrics.of("x", tied));
    write(file, distinct);
    time("reading them from CSV, 17 digits", () -> read(file));
    write(file, tied);
    time("reading them from CSV, 3 digits", () -> read(file));
    var test = scores(5000, score -> score);
    time(
        "all metrics and 1,000 resamples of 5,000 images",
        () -> ScorerMetrics.of("x", test, Bootstrap.seeded(1)));
    System.out.printf("peak memory %d MiB%n", ProcessUse.peakMemory());
  }

  private static void time(String what, Work work) throws IOException {
    var best = Double.POSITIVE_INFINITY;
    var processor = Double.POSITIVE_INFINITY;
    for (var round = 0; round < ROUNDS; round++) {
      var start = System.nanoTime();
      var startProcessor = ProcessUse.cpuNanos();
      work.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
      processor = Math.min(processor, (ProcessUse.cpuNanos() - startProcessor) / 1e9);
    }
    System.out.printf(Locale.ROOT, "%-48s %7.3f s %7.3f s%n", what, best, processor);
  }

  /** Known scores around 0, unknown ones around 1; nine of ten known images are correct. */
  private static UnknownScores scores(int images, DoubleUnaryOperator form) {
    var random = new SplittableRandom(1);
    var known = new double[images / 2];
    var unknown = new double[images - known.length];
    var correct = new boolean[known.length];
    for (var i = 0; i < known.length; i++) {
      known[i] = form.applyAsDouble(random.nextGaussian());
      correct[i] = random.nextInt(10) < 9;
    }
    for (var i = 0; i < unknown.length; i++) {
      unknown[i] = form.applyAsDouble(1 + random.nextGaussian());
    }
    return new UnknownScores(known, unknown, correct);
  }

  private static void write(Path file, UnknownScores scores) throws IOException {
    try (var writer = Files.newBufferedWriter(file)) {
      writer.write("label,prediction,unknown_score\n");
      for (var i = 0; i < scores.known().length; i++) {
        writer.write((scores.correct()[i] ? "3,3," : "3,1,") + scores.known()[i] + "\n");
      }
      for (double score : scores.unknown()) {
        writer.write("-1,2," + score + "\n");
      }
    }
  }

  private static void read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      ScoresCsv.read(in, file.toString(), ScoresCsv.Columns.USUAL);
    }
  }
}

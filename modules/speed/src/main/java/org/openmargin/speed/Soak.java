package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.openmargin.serving.Classification;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.speed.files.HostileFiles;

/**
 * Many threads ask one classifier for a long time, with broken files among the images. Every answer
 * must be the one that the same file had alone at the beginning, numbers up to the rounding of
 * batches of other sizes, and memory must stay flat.
 */
final class Soak {
  private static final ServedNetwork NETWORK = ServedNetwork.POOLED_28;
  private static final int MOST_PER_REQUEST = 24;
  private static final double TOLERANCE = 1e-4;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final OpenSetClassifier classifier;
  private final List<byte[]> files;
  private final List<Classification> alone;
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();

  private Soak(OpenSetClassifier classifier, List<byte[]> files) {
    this.classifier = classifier;
    this.files = files;
    this.alone =
        files.stream().map(file -> classifier.classifyEncoded(List.of(file)).get(0)).toList();
  }

  /** Arguments: folder for the model, threads, minutes. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    var model = new FreshModel(NETWORK, Path.of(args[0]));
    model.export();
    var files = new ArrayList<>(Request.of(NETWORK, Request.Input.FILES, Request.MOST).contents());
    files.addAll(HostileFiles.from(files.get(0), files.get(1)));
    try (var classifier = OpenSetClassifier.load(model.directory())) {
      var soak = new Soak(classifier, files);
      System.out.println(soak.reasons());
      soak.run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      System.exit(soak.wrong.get() == 0 ? 0 : 1);
    }
  }

  private String reasons() {
    var codes = alone.stream().map(answer -> answer.reason().code()).toList();
    return codes.stream()
        .distinct()
        .sorted()
        .map(code -> codes.stream().filter(code::equals).count() + " " + code)
        .reduce((a, b) -> a + ", " + b)
        .map(text -> "%d files: %s".formatted(files.size(), text))
        .orElseThrow();
  }

  private void run(int threads, int minutes) throws InterruptedException {
    var end = System.nanoTime() + minutes * MINUTE_NANOS;
    var running = new ArrayList<Thread>();
    for (var i = 0; i < threads; i++) {
      var random = new Random(i);
      running.add(new Thread(() -> ask(random, end)));
    }
    running.forEach(Thread::start);
    var resident = new long[minutes + 1];
    for (var minute = 1; minute <= minutes; minute++) {
      Thread.sleep(MINUTE_NANOS / 1_000_000);
      resident[minute] = ProcessUse.residentMemory();
      System.out.printf(
          "  after %2d min: %9d answers, %d wrong, resident %d MiB%n",
          minute, answers.get(), wrong.get(), resident[minute]);
    }
    for (var thread : running) {
      thread.join();
    }
    System.out.printf(
        "%d threads, %d min: %d answers, %d wrong; resident after the first minute %d MiB, most afterwards %d MiB%n",
        threads, minutes, answers.get(), wrong.get(), resident[1], most(resident));
  }

  private static long most(long[] resident) {
    return Arrays.stream(resident, 1, resident.length).max().orElseThrow();
  }

  private void ask(Random random, long end) {
    while (System.nanoTime() < end) {
      var asked = random.ints(1 + random.nextInt(MOST_PER_REQUEST), 0, files.size()).toArray();
      var got = classifier.classifyEncoded(Arrays.stream(asked).mapToObj(files::get).toList());
      for (var i = 0; i < asked.length; i++) {
        if (!same(got.get(i), alone.get(asked[i]))) {
          wrong.incrementAndGet();
        }
      }
      answers.addAndGet(asked.length);
    }
  }

  private static boolean same(Classification answer, Classification expected) {
    return answer.label().equals(expected.label())
        && answer.unknown() == expected.unknown()
        && answer.unusual() == expected.unusual()
        && answer.reason() == expected.reason()
        && near(answer.unknownScore(), expected.unknownScore())
        && near(answer.probabilities(), expected.probabilities())
        && near(answer.embedding(), expected.embedding());
  }

  private static boolean near(float[] numbers, float[] expected) {
    return numbers.length == expected.length
        && IntStream.range(0, numbers.length).allMatch(i -> near(numbers[i], expected[i]));
  }

  private static boolean near(double number, double expected) {
    return Math.abs(number - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
  }
}

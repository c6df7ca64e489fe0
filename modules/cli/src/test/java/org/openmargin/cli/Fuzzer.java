package org.openmargin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Feeds damaged files to readers, each of which has to answer or to refuse in time, in words.
 *
 * @param found where inputs are kept that were not read as they should be
 */
record Fuzzer(Path found, long seed) {
  private static final int SECONDS = 300; // also on a machine with other work

  /** An input that was not answered as it should be. */
  record Finding(String format, int number, Path input, String what) {}

  /** Inputs {@code from} to {@code to}; each is the same on every machine. */
  List<Finding> run(FuzzFormat format, int from, int to) throws IOException {
    var findings = new ArrayList<Finding>();
    var worker = daemon();
    for (var number = from; number < to; number++) {
      var mutation = Mutation.of(seed, number);
      var seeds = format.seeds();
      var one = seeds.get(mutation.random().nextInt(seeds.size()));
      var other = seeds.get(mutation.random().nextInt(seeds.size()));
      var input = format.repair().apply(mutation.of(one.bytes(), other.bytes()));
      Files.write(one.place(), input);
      var failure = failure(worker, format.reader(), one.place());
      Files.write(one.place(), one.bytes());
      if (!failure.isEmpty()) {
        findings.add(kept(format, number, one, input, failure));
        if (failure.startsWith("no answer")) {
          worker = daemon();
        }
      }
    }
    worker.shutdownNow();
    return findings;
  }

  private Finding kept(
      FuzzFormat format, int number, FuzzFormat.Seed seed, byte[] input, String failure)
      throws IOException {
    var name =
        "%s-%d-%s"
            .formatted(format.name().replaceAll("\\W+", "-"), number, seed.place().getFileName());
    Files.createDirectories(found);
    var file = found.resolve(name);
    Files.write(file, input);
    return new Finding(format.name(), number, file, failure);
  }

  /** What went wrong; empty if nothing did. */
  private static String failure(ExecutorService worker, FuzzFormat.Reader reader, Path file) {
    var answer =
        worker.submit(
            () -> {
              reader.read(file);
              return "";
            });
    try {
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return "no answer after %d s".formatted(SECONDS);
    } catch (ExecutionException e) {
      var cause = e.getCause();
      var place = cause.getStackTrace().length == 0 ? "" : " at " + cause.getStackTrace()[0];
      return cause instanceof AssertionError ? String.valueOf(cause.getMessage()) : cause + place;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** A thread that does not keep the process alive if a reader never returns. */
  private static ExecutorService daemon() {
    return Executors.newSingleThreadExecutor(
        work -> {
          var thread = new Thread(work, "fuzz");
          thread.setDaemon(true);
          return thread;
        });
  }
}

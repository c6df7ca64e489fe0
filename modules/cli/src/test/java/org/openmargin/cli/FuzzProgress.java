package org.openmargin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Which inputs were tried, and what was found, in files: a JVM that dies loses nothing. A format
 * has a line of its next number, how often that was begun, and seconds so far.
 *
 * @param folder of these files
 */
record FuzzProgress(Path folder) {

  private record State(int next, int begun, double seconds) {}

  /** Tries the inputs that are left; the one at which the JVM died twice is a finding. */
  void run(Fuzzer fuzzer, FuzzFormat format, int inputs) throws IOException {
    var state = state(format.name());
    if (state.begun() > 1) {
      note(format.name(), "number %d: the JVM ended while it was read".formatted(state.next()));
      state = new State(state.next() + 1, 0, state.seconds());
    }
    var begin = System.nanoTime();
    var before = state.seconds();
    for (var number = state.next(); number < inputs; number++) {
      var begun = number == state.next() ? state.begun() + 1 : 1;
      write(format.name(), new State(number, begun, before + seconds(begin)));
      for (var finding : fuzzer.run(format, number, number + 1)) {
        note(format.name(), finding.input() + ": " + finding.what());
      }
    }
    write(format.name(), new State(Math.max(inputs, state.next()), 0, before + seconds(begin)));
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private Path file(String format, String suffix) {
    return folder.resolve(format.replace(' ', '-') + suffix);
  }

  private State state(String format) throws IOException {
    var file = file(format, ".txt");
    if (!Files.exists(file)) {
      return new State(0, 0, 0);
    }
    var words = Files.readString(file).strip().split(" ", -1);
    return new State(
        Integer.parseInt(words[0]), Integer.parseInt(words[1]), Double.parseDouble(words[2]));
  }

  private void write(String format, State state) throws IOException {
    Files.writeString(
        file(format, ".txt"), "%d %d %.1f%n".formatted(state.next, state.begun, state.seconds));
  }

  private void note(String format, String finding) throws IOException {
    System.err.println(finding);
    Files.writeString(
        file(format, ".found"),
        finding.replace('\n', ' ') + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private List<String> found(String format) throws IOException {
    var file = file(format, ".found");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** A line of the table. */
  String row(String format) throws IOException {
    var state = state(format);
    return "%-32s %8d %8.0f %8d"
        .formatted(format, state.next(), state.seconds(), found(format).size());
  }

  /** What was found in these formats. */
  List<String> found(List<FuzzFormat> formats) throws IOException {
    var all = new ArrayList<String>();
    for (var format : formats) {
      all.addAll(found(format.name()));
    }
    return all;
  }
}

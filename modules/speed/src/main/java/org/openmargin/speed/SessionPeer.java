package org.openmargin.speed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tensorflow.TensorFlow;

/**
 * A bare session in a process of its own, for {@code tools/benchmarks/runtimes}: prints its name
 * and its logits, then answers each line {@code N} with the processor time per call and the time of
 * each of N calls, in milliseconds.
 */
final class SessionPeer {
  private SessionPeer() {}

  /** Arguments: version directory, input, folder of the requests, how many of them, threads. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var input = Request.Input.valueOf(args[1]);
    var request = request(input, Path.of(args[2]), Integer.parseInt(args[3]));
    try (var runner = SessionRunner.load(Path.of(args[0]), Integer.parseInt(args[4]));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("TensorFlow Java, TensorFlow " + TensorFlow.version());
      System.out.println(logits(runner, request));
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var turn = Turn.of(Integer.parseInt(line), 1, () -> runner.answer(request));
        System.out.println(
            turn.cpuMillis()
                + " "
                + Arrays.stream(turn.millis().sorted())
                    .mapToObj(Double::toString)
                    .collect(Collectors.joining(" ")));
      }
    }
  }

  private static Request request(Request.Input input, Path folder, int count) throws IOException {
    var contents = new ArrayList<byte[]>();
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().limit(count).toList()) {
        contents.add(Files.readAllBytes(file));
      }
    }
    var side = (int) Math.round(Math.sqrt(contents.get(0).length / 3.0));
    return new Request(input, side, List.copyOf(contents));
  }

  private static String logits(SessionRunner runner, Request request) {
    return Arrays.stream(runner.matrix(request, "logits"))
        .flatMap(row -> IntStream.range(0, row.length).mapToObj(i -> row[i]))
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }
}

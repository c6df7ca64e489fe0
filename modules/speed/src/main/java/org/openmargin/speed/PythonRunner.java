package org.openmargin.speed;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Python TensorFlow in its own process, {@code tools/benchmarks/inference/python_peer.py}: it
 * prints its name and its logits, then answers each line {@code N} with the processor time per call
 * and the time of each of N calls, in milliseconds.
 */
record PythonRunner(Process process, BufferedReader from, BufferedWriter to, Greeting greeting)
    implements TimedRunner {

  /**
   * What it prints first.
   *
   * @param name with versions
   * @param logits of all images of the request, row by row
   */
  @SuppressWarnings("ArrayRecordComponent") // many small numbers, never compared
  record Greeting(String name, double[] logits) {}

  /**
   * @param command interpreter and script
   */
  static PythonRunner start(List<String> command, FreshModel model, Request request)
      throws IOException {
    var arguments = new ArrayList<>(command);
    arguments.add(model.directory().toString());
    arguments.add(request.input().signature());
    arguments.add(request.input().tensor());
    arguments.add(model.requests(request.input()).toString());
    arguments.add(Integer.toString(request.contents().size()));
    var process =
        new ProcessBuilder(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var from = process.inputReader(StandardCharsets.UTF_8);
    var to = process.outputWriter(StandardCharsets.UTF_8);
    try {
      return new PythonRunner(process, from, to, new Greeting(line(from), numbers(line(from))));
    } catch (IOException e) {
      process.destroy();
      throw e;
    }
  }

  @Override
  public String name() {
    return greeting.name();
  }

  @Override
  public Turn turn(int calls) throws IOException {
    to.write(calls + "\n");
    to.flush();
    var numbers = numbers(line(from));
    return new Turn(Quantiles.of(Arrays.stream(numbers).skip(1)), numbers[0]);
  }

  private static String line(BufferedReader from) throws IOException {
    var line = from.readLine();
    if (line == null) {
      throw new IOException("the Python process ended; see its messages above");
    }
    return line;
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @Override
  public void close() {
    process.destroy();
  }
}

package org.openmargin.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.cli.console.Console;

/**
 * What a run of the command line left behind.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
record CommandLineRun(int code, String out, String err) {

  /** The folder that holds {@code proto/experiments}. */
  static final Path REPOSITORY = repository();

  /** An experiment that takes seconds. */
  static final String TINY = REPOSITORY + "/proto/experiments/synthetic/tiny.textproto";

  private static Path repository() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("proto/experiments"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** Runs a command in this process. */
  static CommandLineRun of(Object... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console = new Console(printTo(out), printTo(err), false, "openmargin");
    var code = OpenMargin.run(console, texts(args));
    return new CommandLineRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream printTo(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String[] texts(Object... args) {
    return java.util.Arrays.stream(args).map(Object::toString).toArray(String[]::new);
  }

  /** A command in a JVM of its own, not started yet. */
  static ProcessBuilder process(Object... args) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A JVM that ends soon spends more on compiling well than it gains.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    command.add("-Dorg.bytedeco.javacpp.maxBytes=0");
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(classPath());
    command.add(OpenMargin.class.getName());
    command.addAll(List.of(texts(args)));
    return new ProcessBuilder(command);
  }

  /** Failsafe hands the class path over in a property. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Runs a process to its end. */
  static CommandLineRun of(ProcessBuilder builder) throws IOException, InterruptedException {
    var err = Files.createTempFile("openmargin", ".err");
    try {
      var process = builder.redirectError(err.toFile()).start();
      var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new CommandLineRun(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /** Lines of standard error that begin with the program's name: not those of TensorFlow. */
  List<String> errors() {
    return err.lines().filter(line -> line.startsWith("openmargin: ")).toList();
  }
}

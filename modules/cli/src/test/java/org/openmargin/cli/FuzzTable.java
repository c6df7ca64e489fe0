package org.openmargin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The program behind {@code tools/fuzz/run}: many inputs of each format, and a table. It goes on
 * where an earlier call of it ended, also if a reader took the JVM down.
 */
final class FuzzTable {
  private FuzzTable() {}

  /** {@code INPUTS SEED FOLDER [FORMAT,...]}; exit code 1 if anything was found, 2 if wrong. */
  public static void main(String[] args) throws IOException {
    var inputs = Integer.parseInt(args[0]);
    var folder = Path.of(args[2]);
    var wanted = args.length > 3 ? List.of(args[3].split(",", -1)) : List.<String>of();
    var formats = formats(folder, wanted);
    if (formats.isEmpty()) {
      System.exit(2);
    }
    var progress = new FuzzProgress(Files.createDirectories(folder.resolve("progress")));
    var fuzzer = new Fuzzer(folder.resolve("found"), Long.parseLong(args[1]));
    System.out.printf("%-32s %8s %8s %8s%n", "format", "inputs", "seconds", "found");
    for (var format : formats) {
      progress.run(fuzzer, format, inputs);
      System.out.println(progress.row(format.name()));
    }
    var found = progress.found(formats);
    found.forEach(System.out::println);
    System.exit(found.isEmpty() ? 0 : 1);
  }

  /** Those that are wanted, all if none is named; nothing, and a line, if one is not known. */
  private static List<FuzzFormat> formats(Path folder, List<String> wanted) throws IOException {
    var all = new LinkedHashMap<>(new FuzzFormats(folder.resolve("files")).ofFiles());
    if (wanted.isEmpty() || !all.keySet().containsAll(wanted)) {
      all.putAll(ofModel(folder));
    }
    var unknown = wanted.stream().filter(Predicate.not(all::containsKey)).toList();
    if (!unknown.isEmpty()) {
      System.err.printf("fuzz: no format %s; formats: %s%n", unknown, all.keySet());
      return List.of();
    }
    return wanted.isEmpty()
        ? List.copyOf(all.values())
        : wanted.stream().distinct().map(all::get).toList();
  }

  private static Map<String, FuzzFormat> ofModel(Path folder) throws IOException {
    var run = folder.resolve("trained");
    var models = folder.resolve("models");
    if (!Files.exists(models)) {
      must("train", CommandLineRun.TINY, "--run", run, "--overwrite");
      must("export", run, "--to", models);
    }
    return new FuzzFormats(folder.resolve("folders")).ofModel(run, models.resolve("tiny/1"));
  }

  private static void must(Object... command) throws IOException {
    var result = CommandLineRun.of(command);
    if (result.code() != 0) {
      throw new IOException(result.err());
    }
  }
}

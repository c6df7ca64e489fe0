package org.openmargin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The program behind {@code tools/fuzz/run}: many inputs of each format, and a table. */
final class FuzzTable {
  private FuzzTable() {}

  /** {@code INPUTS SEED FOLDER [FORMAT,...]}; exit code 1 if anything was found. */
  public static void main(String[] args) throws IOException {
    var inputs = Integer.parseInt(args[0]);
    var folder = Path.of(args[2]);
    var formats = new LinkedHashMap<>(new FuzzFormats(folder.resolve("files")).ofFiles());
    var wanted = args.length > 3 ? Set.of(args[3].split(",", -1)) : Set.<String>of();
    if (wanted.isEmpty() || !formats.keySet().containsAll(wanted)) {
      formats.putAll(ofModel(folder));
    }
    var fuzzer = new Fuzzer(folder.resolve("found"), Long.parseLong(args[1]));
    var all = new ArrayList<Fuzzer.Finding>();
    System.out.printf("%-32s %8s %8s %8s%n", "format", "inputs", "seconds", "found");
    for (var format : formats.values()) {
      if (wanted.isEmpty() || wanted.contains(format.name())) {
        var begin = System.nanoTime();
        var findings = fuzzer.run(format, 0, inputs);
        var seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf("%-32s %8d %8.0f %8d%n", format.name(), inputs, seconds, findings.size());
        all.addAll(findings);
      }
    }
    all.forEach(f -> System.out.println(f.input() + ": " + f.what()));
    System.exit(all.isEmpty() ? 0 : 1);
  }

  private static Map<String, FuzzFormat> ofModel(Path folder) throws IOException {
    var run = folder.resolve("trained");
    var models = folder.resolve("models");
    if (!Files.exists(run)) {
      for (var command :
          List.<Object[]>of(
              new Object[] {"train", CommandLineRun.TINY, "--run", run},
              new Object[] {"export", run, "--to", models})) {
        var result = CommandLineRun.of(command);
        if (result.code() != 0) {
          throw new IOException(result.err());
        }
      }
    }
    return new FuzzFormats(folder.resolve("folders")).ofModel(run, models.resolve("tiny/1"));
  }
}

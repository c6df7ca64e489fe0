package org.openmargin.cli.data;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.data.source.MedMnist;
import org.openmargin.experiment.wiring.DataFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    header = "List the MedMNIST sets and the downloaded sizes.",
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.ARGUMENTS_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {"  openmargin data list"})
final class DataListCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "",
      description = "Folder with downloaded sets. Default: ~/.openmargin/data.")
  private String folder;

  @Mixin private JsonOption json;

  DataListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var files = DataFolder.of(folder);
    if (json.wanted()) {
      var results = new JsonObject();
      results.addProperty("folder", files.toString());
      results.add("sets", Json.array(MedMnist.all(), set -> json(set, files)));
      console.json(results);
      return ExitCodes.OK;
    }
    console.print("%-15s %7s  %-12s %s", "name", "classes", "downloaded", "class names");
    for (var set : MedMnist.all()) {
      console.print(
          "%-15s %7d  %-12s %s",
          set.name(),
          set.classNames().size(),
          downloaded(set, files),
          set.multiLabel()
              ? "(several labels per image: not supported)"
              : String.join("; ", set.classNames()));
    }
    return ExitCodes.OK;
  }

  private static JsonObject json(MedMnist set, Path files) {
    var json = new JsonObject();
    json.addProperty("name", set.name());
    json.add("classes", Json.texts(set.classNames()));
    json.addProperty("supported", !set.multiLabel());
    json.add("downloadedSizesPx", Json.array(sizes(set, files), JsonPrimitive::new));
    return json;
  }

  private static String downloaded(MedMnist set, Path folder) {
    var sizes = sizes(set, folder).stream().map(String::valueOf).collect(Collectors.joining(","));
    return sizes.isEmpty() ? "-" : sizes;
  }

  private static List<Integer> sizes(MedMnist set, Path folder) {
    return MedMnist.SIZES_PX.stream()
        .filter(size -> Files.exists(folder.resolve(set.fileName(size))))
        .toList();
  }
}

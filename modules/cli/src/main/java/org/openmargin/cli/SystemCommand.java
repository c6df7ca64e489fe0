package org.openmargin.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.experiment.provenance.SoftwareVersion;
import org.openmargin.experiment.wiring.DataFolder;
import org.openmargin.runtime.Machine;
import org.openmargin.runtime.TensorFlowBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "info",
    header = "Show versions, devices, and why a GPU cannot be used.",
    description = {
      "Lists the devices that TensorFlow can use. If none is a GPU, also which libraries could",
      "not be loaded, where they were searched for, and what to do."
    },
    exitCodeList = {ExitCodes.OK_TEXT, ExitCodes.INTERNAL_TEXT},
    footer = {"  openmargin info"})
final class SystemCommand implements Callable<Integer> {
  private static final String ROW = "%-18s %s";

  private final Console console;

  @Mixin private JsonOption json;

  SystemCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var rows = new JsonObject();
    console.status().brief("loading TensorFlow");
    describe(rows);
    if (json.wanted()) {
      console.json(rows);
    } else {
      rows.asMap().forEach(this::row);
    }
    return ExitCodes.OK;
  }

  private static void describe(JsonObject rows) {
    rows.addProperty("OpenMargin", SoftwareVersion.current());
    rows.addProperty(
        "Java",
        "%s (%s), %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
    machine(rows, Machine.current());
    rows.addProperty("Java heap", gib("%.1f GiB at most", Runtime.getRuntime().maxMemory()));
    rows.addProperty("data sets", DataFolder.of("").toString());
    var tensorFlow = TensorFlowBackend.load();
    rows.addProperty("TensorFlow", tensorFlow.version());
    rows.add("devices", Json.texts(tensorFlow.devices()));
    rows.addProperty("native libraries", tensorFlow.libraries().toString());
    if (!tensorFlow.noGpu().isEmpty()) {
      rows.add("no GPU", Json.texts(tensorFlow.noGpu()));
    }
  }

  private static void machine(JsonObject rows, Machine machine) {
    rows.addProperty("system", machine.system());
    rows.addProperty("processor", "%s, %d cores".formatted(machine.processor(), machine.cores()));
    if (!machine.features().isEmpty()) {
      rows.addProperty("instructions", String.join(" ", machine.features()));
      rows.addProperty(
          "bfloat16", machine.hasBfloat16() ? "fast on this processor" : "slow on this processor");
    }
    if (machine.memoryGib() > 0) {
      rows.addProperty(
          "memory",
          String.format(
              Locale.ROOT, "%.1f GiB, %.1f free", machine.memoryGib(), machine.freeMemoryGib()));
    }
  }

  private static String gib(String format, long bytes) {
    return String.format(Locale.ROOT, format, bytes / (double) (1 << 30));
  }

  private void row(String name, JsonElement value) {
    if (!value.isJsonArray()) {
      console.print(ROW, name, value.getAsString());
    } else if (name.equals("devices")) {
      console.print(ROW, name, String.join(", ", texts(value)));
    } else {
      var lines = texts(value);
      for (var i = 0; i < lines.size(); i++) {
        console.print(ROW, i == 0 ? name : "", lines.get(i));
      }
    }
  }

  private static List<String> texts(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
  }
}

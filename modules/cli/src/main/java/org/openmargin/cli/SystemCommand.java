package org.openmargin.cli;

import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.experiment.RunProvenance;
import org.openmargin.experiment.wiring.DataFolder;
import org.openmargin.runtime.Machine;
import org.openmargin.runtime.TensorFlowBackend;
import picocli.CommandLine.Command;

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

  SystemCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    row("OpenMargin", RunProvenance.version());
    row(
        "Java",
        "%s (%s), %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
    machine(Machine.current());
    row("Java heap", "%.1f GiB at most".formatted(gib(Runtime.getRuntime().maxMemory())));
    row("data sets", DataFolder.of("").toString());
    var tensorFlow = TensorFlowBackend.load();
    row("TensorFlow", tensorFlow.version());
    row("devices", String.join(", ", tensorFlow.devices()));
    row("native libraries", tensorFlow.libraries().toString());
    var noGpu = tensorFlow.noGpu();
    for (var i = 0; i < noGpu.size(); i++) {
      row(i == 0 ? "no GPU" : "", noGpu.get(i));
    }
    return ExitCodes.OK;
  }

  private void machine(Machine machine) {
    row("system", machine.system());
    row("processor", "%s, %d cores".formatted(machine.processor(), machine.cores()));
    if (!machine.features().isEmpty()) {
      row("instructions", String.join(" ", machine.features()));
      row("bfloat16", machine.hasBfloat16() ? "fast on this processor" : "slow on this processor");
    }
    if (machine.memoryGib() > 0) {
      row("memory", "%.1f GiB, %.1f free".formatted(machine.memoryGib(), machine.freeMemoryGib()));
    }
  }

  private static double gib(long bytes) {
    return bytes / (double) (1 << 30);
  }

  private void row(String name, String value) {
    console.print(ROW, name, value);
  }
}

package org.openmargin.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.PluginOption;
import org.openmargin.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "prune",
    header = "Remove checkpoints that evaluation and export do not need.",
    description = {
      "Of a finished run, only the selected checkpoint stays (training.selection); of one that can",
      "be resumed, also the newest. Results, metrics and pages stay as they are. Damaged",
      "checkpoints that were set aside are removed."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {"  openmargin prune runs/mine", "  openmargin prune runs/*"})
public final class PruneCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run folders.")
  private List<Path> folders;

  @Mixin
  @SuppressWarnings("UnusedVariable") // PluginJars looks at what was parsed
  private PluginOption plugins;

  public PruneCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    // All are opened first: a wrong name removes nothing.
    var runs = folders.stream().map(folder -> Experiment.open(folder)).toList();
    for (var run : runs) {
      var pruned = run.prune();
      console.print(
          "%s: %d checkpoint%s removed, %.1f MB",
          run.files().path(),
          pruned.removed().size(),
          pruned.removed().size() == 1 ? "" : "s",
          pruned.bytes() / 1e6);
    }
    return ExitCodes.OK;
  }
}

package org.openmargin.cli.run;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.experiment.FailuresRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "failures",
    header = "Show the wrong answers of an evaluated run, the worst first.",
    description = {
      "Writes RUN/failures.html: which unknown classes are accepted as which known ones, and the",
      "worst images of each kind of failure. Without --images it holds no images, and needs",
      "neither them nor TensorFlow."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin failures runs/mine",
      "  openmargin failures runs/mine --images --most 20",
      "  openmargin failures runs/at-28-px --against runs/at-64-px",
      "  openmargin failures runs/mine --images --set data.npz.path=/data/bloodmnist.npz"
    })
public final class FailuresCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "A run folder, evaluated.")
  private Path folder;

  @Option(
      names = "--images",
      description = {
        "Show the images, and where the network saw evidence for the class (Grad-CAM).",
        "The page then holds images of the test set."
      })
  private boolean images;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "8",
      description = "Images of each kind at most. Default: ${DEFAULT-VALUE}.")
  private int most;

  @Option(
      names = "--against",
      paramLabel = "RUN",
      description = {
        "Compare right answers per class with another evaluated run of the same classes, such as",
        "one at a higher resolution."
      })
  private Optional<Path> against;

  @Mixin private OpenedRun opened;

  @Mixin private JsonOption json;

  public FailuresCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var request = new FailuresRequest(images, most, against);
    var notices = new Notices(console);
    var run = opened.in(folder).with(notices::shown);
    var page = run.failures(request);
    json.text(console).line("failures     " + page);
    json.print(console, () -> json(page));
    return ExitCodes.OK;
  }

  private JsonObject json(Path page) {
    var json = new JsonObject();
    json.addProperty("run", folder.toString());
    json.addProperty("failures", page.toString());
    return json;
  }
}

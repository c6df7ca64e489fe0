package org.openmargin.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.experiment.EvaluateRequest;
import org.openmargin.experiment.sets.SetRequest;
import org.openmargin.experiment.wiring.ScorerChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "evaluate",
    header = "Evaluate a trained run on known and unknown test images.",
    description = {
      "Replaces predictions.csv, evaluation.json and report.html in the run folder. The images",
      "must be the ones it was trained on; --set can say where they are now, or which scorer",
      "decides. Scorers that need fitting are fitted to training images only."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin evaluate runs/mine",
      "  openmargin evaluate runs/mine --set data.npz.path=/data/bloodmnist.npz",
      "  openmargin evaluate runs/mine --scorers all",
      "  openmargin evaluate runs/mine --scorers knn,mahalanobis --set scoring.knn_neighbours=10",
      "  openmargin evaluate runs/mine --set scoring.selected=ENERGY",
      "  openmargin evaluate runs/mine --foreign /data/x-rays --foreign /data/photographs",
      "  openmargin evaluate runs/mine --shifted /data/other-scanner --severities 1,3,5"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final Pattern LIST = Pattern.compile("[1-5](,[1-5])*");

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "A run folder.")
  private Path folder;

  @Option(
      names = "--scorers",
      paramLabel = "all|NAME,...",
      description = {
        "Scorers to report besides the one that decides.",
        "Default: as in the experiment, whose default is those of the logits."
      })
  private Optional<String> scorers;

  @Option(
      names = "--foreign",
      paramLabel = "DIR",
      description = {
        "Image files of any size that should be rejected, such as pictures of other kinds:",
        "each sub-folder is a group, and so are the files directly in DIR. Repeatable. Generated",
        "and distorted images are always evaluated. None of them influences the decision."
      })
  private List<Path> foreign = new ArrayList<>();

  @Option(
      names = "--shifted",
      paramLabel = "DIR",
      description = {
        "Image files of known classes from elsewhere, such as another microscope: a folder for",
        "each class in DIR, named as the class. Repeatable. They make the set 'shifted known'."
      })
  private List<Path> shifted = new ArrayList<>();

  @Option(
      names = "--severities",
      paramLabel = "1,...,5|none",
      description = {
        "Known test images are also corrupted by noise, blur, brightness and JPEG at these",
        "severities and count as shifted. Default: 3."
      })
  private Optional<String> severities;

  @Mixin private OpenedRun opened;

  @Mixin private JsonOption json;

  public EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var choice = scorers.map(ScorerChoice::parse).orElseGet(ScorerChoice.OfExperiment::new);
    var run = opened.in(folder);
    new RunSteps(json.text(console)).evaluate(run, new EvaluateRequest(choice, sets()));
    json.print(console, () -> RunSteps.json(run));
    return ExitCodes.OK;
  }

  private SetRequest sets() {
    return new SetRequest(
        foreign, shifted, severities.map(this::list).orElse(SetRequest.DEFAULT.severities()));
  }

  private List<Integer> list(String text) {
    if (text.equals("none")) {
      return List.of();
    }
    if (!LIST.matcher(text).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--severities %s: give numbers from 1 to 5 such as 1,3,5, or none".formatted(text));
    }
    return Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
  }
}

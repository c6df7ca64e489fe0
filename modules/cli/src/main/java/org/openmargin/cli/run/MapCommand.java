package org.openmargin.cli.run;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.experiment.MapRequest;
import org.openmargin.experiment.folder.MapFolder;
import org.openmargin.experiment.map.MapText;
import org.openmargin.files.ShellWord;
import org.openmargin.map.Space;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "map",
    header = "Draw the embeddings of known and unknown test images, and measure them.",
    description = {
      "Writes to RUN/map: t-SNE (exact) and PCA as SVG, PNG and CSV; distances.json: how compact",
      "known classes are and where unknown images lie, in all dimensions; and files for",
      "TensorBoard's projector (`tensorboard --logdir RUN/map`)."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.TRAINING_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin map runs/mine",
      "  openmargin map runs/mine --per-class 50 --perplexity 15",
      "  openmargin map runs/mine --space embedding --set data.npz.path=/data/bloodmnist.npz"
    })
public final class MapCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "A run folder.")
  private Path folder;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      defaultValue = "200",
      description = "Images per class at most, chosen by the seed. Default: ${DEFAULT-VALUE}.")
  private int perClass;

  @Option(
      names = "--perplexity",
      paramLabel = "P",
      description = {
        "Neighbours of each point in t-SNE: from 2 to a third of the points.",
        "Default: 30, or less if there are too few points."
      })
  private Optional<Double> perplexity;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Chooses the images and starts t-SNE. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--space",
      paramLabel = "embedding|normalized",
      description = {
        "Embeddings as they are, or of unit length.",
        "Default: as the head sees them; a cosine head sees unit length."
      })
  private Optional<Space> space;

  @Mixin private OpenedRun opened;

  @Mixin private JsonOption json;

  public MapCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var request =
        new MapRequest(
            perClass,
            perplexity.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
            seed,
            space);
    var run = opened.in(folder).with(new Notices(console)::shown);
    var map = run.map(request);
    var files = run.files().map();
    var text = json.text(console);
    MapText.lines(map, console.terminal().widestLine()).forEach(text::line);
    text.line("");
    text.line("maps         " + files.tsne() + ", " + files.pca());
    text.line("points       " + files.embeddings());
    text.line("distances    " + files.distances());
    text.line("projector    tensorboard --logdir " + ShellWord.of(files.path()));
    json.print(console, () -> json(files));
    return ExitCodes.OK;
  }

  private static JsonObject json(MapFolder files) {
    var json = new JsonObject();
    json.addProperty("tsne", files.tsne().toString());
    json.addProperty("pca", files.pca().toString());
    json.addProperty("points", files.embeddings().toString());
    json.addProperty("projector", files.path().toString());
    json.add("distances", Json.read(files.distances()));
    return json;
  }
}

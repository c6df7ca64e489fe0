package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.openmargin.cli.audit.AuditOption;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.ModelDeviceOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.PluginOption;
import org.openmargin.experiment.ModelLoader;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.inference.FileClassifier;
import org.openmargin.inference.discovery.Discovery;
import org.openmargin.inference.discovery.DiscoveryFolder;
import org.openmargin.inference.discovery.Method;
import org.openmargin.inference.gallery.ModelGallery;
import org.openmargin.serving.Classification;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "discover",
    header = "Group the images that a model rejects into proposals of new classes.",
    description = {
      "The number of groups follows from the images. Writes a page with the images of each group",
      "and a table that gallery enrol takes once it has been looked at: change or empty the column",
      "identity where the groups are wrong. If the model has a gallery, images that it identifies",
      "are not rejected."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin discover savedmodels/mine images/ --out discovered",
      "  openmargin gallery enrol savedmodels/mine discovered/identities.csv"
    })
public final class DiscoverCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelAndImages arguments;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "discovered",
      description = "Where to write discovery.html and identities.csv. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--least",
      paramLabel = "N",
      defaultValue = "10",
      description = "Fewest images of a group, at least 2. Default: ${DEFAULT-VALUE}.")
  private int least;

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      defaultValue = "5",
      description = {
        "HDBSCAN: an image is in a dense region if its neighbour of this rank is near; more makes groups",
        "fewer and larger. Default: ${DEFAULT-VALUE}."
      })
  private int neighbours;

  @ArgGroup private Grouping grouping = new Grouping();

  @Option(names = "--all", description = "Group all images, not only rejected ones.")
  private boolean all;

  @Option(
      names = "--by-folder",
      description = {
        "The name of an image's folder is its true class: print how well the groups agree with",
        "them (AMI, ARI, Hungarian accuracy); images in no group count as one more group, and as",
        "wrong for the last."
      })
  private boolean byFolder;

  @Mixin private ModelDeviceOption device;

  @Mixin
  @SuppressWarnings("UnusedVariable") // PluginJars looks at what was parsed
  private PluginOption plugins;

  @Mixin private AuditOption audit;

  @Mixin private JsonOption json;

  private static final class Grouping {
    @Option(
        names = "--average-linkage",
        paramLabel = "DISTANCE",
        description = {
          "Group by average linkage up to this mean cosine distance, from 0 to 2: the default, with",
          Method.DISTANCE
              + ", if the model was exported with scoring.similarity. At most 10,000 images."
        })
    private Optional<Double> distance = Optional.empty();

    @Option(names = "--hdbscan", description = "Group by density: the default for other models.")
    private boolean density;
  }

  public DiscoverCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    check();
    var log = audit.log();
    var files = arguments.files(console);
    var known = arguments.requireModel(console);
    console.status().brief("loading the model");
    var models = new ModelLoader(device.choice(), new Notices(console));
    try (var classifier = models.load(known)) {
      var reading = FileClassifier.of(classifier);
      var method = method(classifier.selfDescription().description());
      var discovery = Discovery.of(reading, files, rejected(known), method, console.status());
      log.ifPresent(
          l -> {
            var decision =
                "%d rejected, %d accepted, %d groups"
                    .formatted(
                        discovery.rejected(), discovery.accepted(), discovery.groups().size());
            l.add(
                new AuditOption.Event(
                    "discover", AuditOption.Model.of(known), l.digest(files), decision));
          });
      var folder = new DiscoveryFolder(out);
      folder.write(
          discovery,
          new DiscoveryFolder.Form(classifier.channels(), classifier.selfDescription().levels()));
      discovery.unusable().forEach(console::error);
      var output = new DiscoveryOutput(discovery, folder, byFolder);
      output.print(json.text(console));
      json.print(console, output::json);
      return discovery.unusable().isEmpty() ? ExitCodes.OK : ExitCodes.DATA;
    }
  }

  private void check() {
    if (least < 2) {
      throw new RunException("--least is %d, must be at least 2".formatted(least));
    }
    if (neighbours < 1) {
      throw new RunException("--neighbours is %d, must be at least 1".formatted(neighbours));
    }
    var wrong = grouping.distance.filter(d -> !(d > 0 && d <= 2));
    if (wrong.isPresent()) {
      throw new RunException(
          "--average-linkage is %s, must be more than 0 and at most 2".formatted(wrong.get()));
    }
  }

  private Method method(String description) {
    var density = new Method.Density(least, neighbours);
    if (grouping.density) {
      return density;
    }
    return grouping
        .distance
        .<Method>map(d -> new Method.Average(d, least))
        .orElseGet(() -> Method.of(description, density));
  }

  private Predicate<Classification> rejected(Path known) {
    if (all) {
      return answer -> true;
    }
    if (!ModelGallery.isIn(known)) {
      return Classification::unknown;
    }
    var gallery = ModelGallery.read(known).gallery();
    return answer -> answer.unknown() && gallery.identify(answer.embedding()).unknown();
  }
}

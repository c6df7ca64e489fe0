package org.openmargin.cli.gallery;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.audit.AuditOption;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.predict.ModelArgument;
import org.openmargin.experiment.ModelLoader;
import org.openmargin.experiment.wiring.runtime.DeviceChoice;
import org.openmargin.inference.FileClassifier;
import org.openmargin.inference.gallery.GalleryEvaluation;
import org.openmargin.inference.gallery.IdentityImages;
import org.openmargin.inference.gallery.ImageEmbeddings;
import org.openmargin.inference.gallery.ModelGallery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "evaluate",
    header = "Measure how well a gallery identifies images of known identity.",
    description = {
      "Images of names that are not in the gallery count as impostors. Prints the accuracy at rank",
      "1, the true positive identification rate (TPIR) at false positive rates of 1 %% and 10 %%, the",
      "rates at the gallery's own threshold, and recall@1, R-precision and MAP@R among the images."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {"  openmargin gallery evaluate savedmodels/mine probes/ --json"})
public final class GalleryEvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelArgument model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "DIR|CSV",
      description = {
        "Folders with a folder of images per identity, or CSV files with the columns file and",
        "identity; not the images that were enrolled."
      })
  private List<Path> places;

  @Mixin private AuditOption audit;

  @Mixin private JsonOption json;

  public GalleryEvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var log = audit.log();
    var known = model.require(console);
    var gallery = ModelGallery.read(known).gallery();
    var images = IdentityImages.in(places);
    console.status().brief("loading the model");
    var loader = new ModelLoader(DeviceChoice.AUTO, new Notices(console));
    try (var classifier = loader.load(known)) {
      var embedder = new ImageEmbeddings(FileClassifier.of(classifier), console.status());
      var evaluation = GalleryEvaluation.of(gallery, embedder.of(images));
      log.ifPresent(
          l -> {
            var decision =
                "evaluated, %d genuine, %d impostors"
                    .formatted(
                        evaluation.answers().genuine().length,
                        evaluation.answers().impostors().length);
            var model = AuditOption.Model.of(known);
            var all = images.files().values().stream().flatMap(List::stream).toList();
            l.add(new AuditOption.Event("gallery", model, l.digest(all), decision));
          });
      var text = json.text(console);
      text.print(
          "%d images of enrolled identities, %d of others",
          evaluation.answers().genuine().length, evaluation.answers().impostors().length);
      evaluation.figures().forEach((key, value) -> text.print("%-32s %.4f", key, value));
      json.print(console, () -> json(evaluation));
    }
    return ExitCodes.OK;
  }

  private static JsonObject json(GalleryEvaluation evaluation) {
    var results = new JsonObject();
    results.addProperty("genuine", evaluation.answers().genuine().length);
    results.addProperty("impostors", evaluation.answers().impostors().length);
    evaluation.figures().forEach(results::addProperty);
    return results;
  }
}

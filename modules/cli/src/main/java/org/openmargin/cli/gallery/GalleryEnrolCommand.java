package org.openmargin.cli.gallery;

import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.inference.gallery.ModelGallery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "enrol",
    header = "Add identities to the gallery of a model, or images to those it has.",
    description = {
      "Writes the next version of the model, with the threshold found again for the new size, in",
      "the way of before unless an option says another."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin gallery enrol savedmodels/mine more/",
      "  openmargin gallery enrol savedmodels/mine discovered/classes.csv --by smith"
    })
public final class GalleryEnrolCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private EnrolledImages images;

  @Mixin private ChangedBy by;

  @Mixin private AuditedChange audited;

  @Mixin private JsonOption json;

  public GalleryEnrolCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    images.require();
    var gallery = by.gallery(images.model(), console);
    ModelGallery.read(images.model());
    var written =
        audited.of(
            images.model(),
            "enrolled",
            () ->
                images.embedded(
                    console,
                    (embeddings, embedder) -> {
                      var calibration =
                          images
                              .calibration()
                              .chosen(dir -> EnrolledImages.impostors(embedder, dir));
                      console.status().brief("writing the next version");
                      return gallery.enrol(embeddings, calibration);
                    }));
    new GalleryOutput(console, json).changed(written);
    return ExitCodes.OK;
  }
}

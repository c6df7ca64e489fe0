package org.openmargin.cli.gallery;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.serving.gallery.SimilarityRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "create",
    header = "Give a model a gallery: identities from folders of images.",
    description = {
      "Writes the next version of the model. An image that cannot be used ends the command before",
      "anything is written."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.EXPORT_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin gallery create savedmodels/mine identities/",
      "  openmargin gallery create savedmodels/mine new/ --classes-of runs/mine --per-class 20",
      "  openmargin gallery create savedmodels/mine new/ --impostors others/ --fpir 0.01"
    })
public final class GalleryCreateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private EnrolledImages images;

  @Option(
      names = "--similarity",
      paramLabel = "centroid|nearest",
      defaultValue = "centroid",
      description = {
        "What an image is compared with: the mean direction of an identity, or its nearest",
        "images. Default: ${DEFAULT-VALUE}."
      })
  private Similarity similarity;

  @Option(
      names = "--nearest",
      paramLabel = "K",
      defaultValue = "1",
      description = {
        "With --similarity nearest: the mean of the K largest cosines of an identity, from 1 to",
        "50. Default: ${DEFAULT-VALUE}."
      })
  private int nearest;

  @Mixin private ChangedBy by;

  @Mixin private AuditedChange audited;

  @Mixin private JsonOption json;

  public GalleryCreateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    images.require();
    var rule = rule();
    var gallery = by.gallery(images.model(), console);
    var written =
        audited.of(
            images.model(),
            "created",
            () ->
                images.embedded(
                    console,
                    (embeddings, embedder) -> {
                      var calibration =
                          images
                              .calibration()
                              .orUsual(dir -> EnrolledImages.impostors(embedder, dir));
                      console.status().brief("writing the next version");
                      return gallery.create(rule, calibration, embeddings);
                    }));
    new GalleryOutput(console, json).changed(written);
    return ExitCodes.OK;
  }

  private SimilarityRule rule() {
    if (nearest < 1 || nearest > 50) {
      throw new RunException("--nearest is %d, must be from 1 to 50".formatted(nearest));
    }
    return switch (similarity) {
      case CENTROID -> new SimilarityRule.Centroid();
      case NEAREST -> new SimilarityRule.NearestTemplates(nearest);
    };
  }

  enum Similarity {
    CENTROID,
    NEAREST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

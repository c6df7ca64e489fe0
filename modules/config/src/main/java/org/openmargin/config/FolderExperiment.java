package org.openmargin.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A starting experiment on a user's own images: the generic recipe of {@code folder/best.textproto}
 * with the sizes of the images.
 *
 * @param folder with the class folders, or what else holds or lists the images
 * @param known names of the known classes
 * @param unknown names of the others
 * @param data how images are read and divided
 * @param training how long
 * @param decision what of the recipe's decision changes
 */
public record FolderExperiment(
    Path folder,
    List<String> known,
    List<String> unknown,
    Data data,
    Training training,
    Decision decision) {
  private static final String RECIPE = "folder/best.textproto";
  private static final int LONGEST_NAME = 64;

  /**
   * @param channels 3 (RGB) or 1 (grey)
   * @param imageSizePx of the network's input
   * @param validationFraction of each class
   */
  public record Data(int channels, int imageSizePx, double validationFraction, Source source) {}

  /** What holds or lists the images, by its name in the schema. */
  public enum Source {
    FOLDER,
    MANIFEST,
    TFRECORD,
    NPZ;

    /** Whether a test part can be made. */
    boolean divides() {
      return this == FOLDER || this == MANIFEST;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public record Training(int epochs, int batchSize) {}

  /**
   * @param alpha rate of known images that may be rejected
   * @param combines whether there are enough validation images for COMBINATION
   */
  public record Decision(double alpha, boolean combines) {}

  /** The text proto. */
  public String text() {
    var recipe = recipe();
    var body =
        recipe
            .substring(recipe.indexOf("\nmodel {") + 1)
            .replaceFirst("epochs: \\d+", "epochs: " + training.epochs())
            .replaceFirst("batch_size: \\d+", "batch_size: " + training.batchSize());
    if (!decision.combines()) {
      body = body.substring(0, body.indexOf("scoring {"));
    }
    if (data.channels() == 1) {
      body = body.replace("    stain_statistics {}\n", "");
    }
    return header() + dataBlock() + body + export();
  }

  private static String header(String name, String description) {
    return """
    # proto-file: openmargin/v1/experiment.proto
    # proto-message: openmargin.v1.ExperimentConfig
    #
    # Written by `openmargin config init --data`. Check with `config validate FILE --data`; all fields and their
    # meanings: `config explain FILE`. Images without an upright side, such as cells, gain from
    # training.augmentation.rotate_90: true.

    name: %s
    description: %s

    """
        .formatted(Values.text(name), Values.text(description));
  }

  private String header() {
    return header(name(), "%d known classes of %s".formatted(known.size(), folder.getFileName()));
  }

  private String dataBlock() {
    var names = known.stream().map(Values::text).collect(Collectors.joining(", "));
    var others =
        unknown.isEmpty()
            ? "All are known. A class that is added later is unknown until it is listed."
            : "Unknown, only tested with: " + String.join(", ", unknown) + ".";
    return """
    data {
      %s {
    %s
      }
      # %s
      known_class_names: [%s]
      image_size_px: %d
    }
    """
        .formatted(
            data.source(),
            String.join("\n", source()),
            others.replaceAll("\\R", " "),
            names,
            data.imageSizePx());
  }

  private List<String> source() {
    var lines = new ArrayList<>(List.of("path: " + Values.text(folder.toString())));
    if (data.source() != Source.NPZ) {
      lines.add("channels: " + data.channels());
      lines.add("validation_fraction: " + data.validationFraction());
    }
    if (data.source().divides()) {
      lines.add("test_fraction: 0.2");
    }
    return lines.stream().map(line -> "    " + line).toList();
  }

  private String export() {
    return decision.alpha() == 0.05
        ? ""
        : """
        export {
          # So few validation images allow no smaller rate of rejected known images.
          alpha: %s
        }
        """
            .formatted(decision.alpha());
  }

  /** The folder's name in the letters that an experiment's name may have. */
  private String name() {
    var file = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    var letters =
        file.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
    var name = letters.isEmpty() ? "images" : letters;
    return name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }

  private static String recipe() {
    try (var in = FolderExperiment.class.getResourceAsStream(RECIPE)) {
      var bytes = Objects.requireNonNull(in, RECIPE + " is not in the jar").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

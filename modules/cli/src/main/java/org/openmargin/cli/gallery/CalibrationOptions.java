package org.openmargin.cli.gallery;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.serving.gallery.GalleryCalibration;
import picocli.CommandLine.Option;

/** How the threshold is found. */
final class CalibrationOptions {
  private static final double USUAL_ALPHA = 0.05;
  private static final double USUAL_FPIR = 0.05;

  @Option(
      names = "--alpha",
      paramLabel = "RATE",
      description = {
        "Find the threshold that rejects this share of genuine images, each enrolled image",
        "compared with the others of its identity. Default: 0.05."
      })
  private Optional<Double> alpha;

  @Option(
      names = "--impostors",
      paramLabel = "DIR",
      description = {
        "Find the threshold from images of nobody in the gallery; their embeddings are kept in",
        "the model for later changes. Give others once one of these is enrolled."
      })
  private Optional<Path> impostors;

  @Option(
      names = "--fpir",
      paramLabel = "RATE",
      description = {
        "With --impostors: the share of impostors to accept at most (false positive",
        "identification rate). Default: 0.05."
      })
  private Optional<Double> fpir;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description = "Use this cosine as the threshold, from -1 to 1; nothing is promised then.")
  private Optional<Double> threshold;

  /** Refuses options that contradict each other, before anything is loaded. */
  void require() {
    var ways = Stream.of(alpha, impostors, threshold).filter(Optional::isPresent).count();
    if (ways > 1) {
      throw new RunException("give one of --alpha, --impostors and --threshold");
    }
    if (fpir.isPresent() && impostors.isEmpty()) {
      throw new RunException("--fpir needs --impostors");
    }
  }

  /** Empty if there is no option. */
  Optional<GalleryCalibration> chosen(Function<Path, List<float[]>> embeddings) {
    return threshold
        .<GalleryCalibration>map(GalleryCalibration.Fixed::new)
        .or(() -> alpha.map(GalleryCalibration.LeaveOneOut::new))
        .or(
            () ->
                impostors.map(
                    folder ->
                        new GalleryCalibration.Impostors(
                            fpir.orElse(USUAL_FPIR), embeddings.apply(folder))));
  }

  GalleryCalibration orUsual(Function<Path, List<float[]>> embeddings) {
    return chosen(embeddings).orElseGet(() -> new GalleryCalibration.LeaveOneOut(USUAL_ALPHA));
  }
}

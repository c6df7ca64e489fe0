package org.openmargin.experiment.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.config.FolderExperiment;
import org.openmargin.data.ClassSplit;
import org.openmargin.data.DataException;
import org.openmargin.data.convert.TfRecordFiles;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.manifest.ManifestOverview;
import org.openmargin.data.records.RecordOverview;
import org.openmargin.data.source.FolderOverview;
import org.openmargin.data.source.NpzSource;
import org.openmargin.experiment.wiring.runtime.ImageCache;

/**
 * The user's own images, and an experiment for it that can be trained as it is: all classes known,
 * sizes and shares by what lies there.
 */
public record OwnImages(Path folder, FolderOverview found, Kind kind) {
  /**
   * What lists the images.
   *
   * @param groups of a manifest; 0 for none
   * @param division what groups make of shares
   */
  public record Kind(FolderExperiment.Source source, long groups, KnownDivision division) {

    /** Images that nothing keeps together. */
    Kind(FolderExperiment.Source source) {
      this(source, 0, KnownDivision.none());
    }
  }

  /**
   * @throws DataException if it is neither a folder of class folders with images, nor a manifest,
   *     TFRecord files or an archive
   */
  public static OwnImages in(Path folder) {
    var images = found(folder);
    if (images.known().size() < 2) {
      throw new DataException(
          "%s: %s; at least two known classes are needed, because a network learns by telling classes apart: add images of something else as a second class"
              .formatted(folder, images.found.images()));
    }
    return images;
  }

  private static OwnImages found(Path place) {
    if (!Files.isDirectory(place) && place.toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
      var archive = new NpzSource(place, "archive", List.of(), ImageCache.storage(notice -> {}));
      var kind = new Kind(FolderExperiment.Source.NPZ);
      return new OwnImages(place, FolderOverview.of(archive.load()), kind);
    }
    if (TfRecordFiles.are(place)) {
      var overview = new RecordOverview(place, TfRecordFiles.at(place)).read();
      if (!overview.hasTestFolder()) {
        throw new DataException(
            place + ": no file of the part 'test', such as test.tfrecord, and none is made");
      }
      return new OwnImages(place, overview, new Kind(FolderExperiment.Source.TFRECORD));
    }
    if (Files.isRegularFile(place) || Manifest.isTable(place)) {
      var overview = ManifestOverview.of(place);
      var division = KnownDivision.of(overview);
      var kind = new Kind(FolderExperiment.Source.MANIFEST, overview.groups(), division);
      return new OwnImages(place, overview.images(), kind);
    }
    return new OwnImages(place, FolderOverview.of(place), new Kind(FolderExperiment.Source.FOLDER));
  }

  private List<String> known() {
    return found.images().keySet().stream().filter(n -> !ClassSplit.isUnknown(n)).toList();
  }

  private List<String> unknown() {
    return found.images().keySet().stream().filter(ClassSplit::isUnknown).toList();
  }

  /** What was found, for people. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    var classes =
        found.images().entrySet().stream()
            .map(c -> text("%s (%,d)", c.getKey(), c.getValue()))
            .toList();
    lines.add(
        text("%,d images of %d classes: ", found.total(), classes.size())
            + String.join(", ", classes));
    var sides = found.shorterSides();
    lines.add(
        text(
            "%s, shorter side %d to %d px in a sample of %d; the network sees %d px",
            found.coloured() ? "colour" : "grey",
            sides.get(0),
            sides.get(sides.size() - 1),
            sides.size(),
            settings().size()));
    lines.add(division());
    if (kind.source() == FolderExperiment.Source.MANIFEST) {
      lines.add(
          kind.groups() == 0
              ? "no column of groups: images of one patient may lie on both sides; name it with data.manifest.group_column if there is one"
              : text("%,d groups, which stay together", kind.groups()));
    }
    found.skipped().ifPresent(lines::add);
    if (unknown().isEmpty()) {
      lines.add(
          "all classes are known; to test with unknown ones, take them out of known_class_names");
    }
    return lines;
  }

  private String division() {
    var settings = settings();
    var decision = settings.decision();
    var validation =
        found.hasValidationFolder()
            ? "validation images as given"
            : "validation share %s".formatted(settings.share());
    var test =
        found.hasTestFolder() ? "test images as given" : "test share " + FittingSettings.TEST_SHARE;
    return "%s, %s; thresholds at alpha %s%s"
        .formatted(
            validation,
            test,
            decision.alpha(),
            decision.combines() ? "" : "; too few validation images for the combined score");
  }

  /** The experiment, as a text proto. */
  public String experiment() {
    var settings = settings();
    return new FolderExperiment(
            folder,
            known(),
            unknown(),
            new FolderExperiment.Data(
                found.coloured() ? 3 : 1, settings.size(), settings.share(), kind.source()),
            settings.training(),
            settings.decision())
        .text();
  }

  private FittingSettings settings() {
    return new FittingSettings(found, known(), kind.source(), kind.division());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

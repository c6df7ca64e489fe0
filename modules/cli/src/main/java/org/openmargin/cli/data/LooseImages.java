package org.openmargin.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openmargin.data.DataSource;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.convert.TfRecordFiles;
import org.openmargin.data.convert.TfRecordSource;
import org.openmargin.data.division.Division;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.manifest.ManifestSource;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.FolderSource;
import org.openmargin.data.source.NpzSource;
import org.openmargin.data.source.PixelForm;

/**
 * Images that belong to no experiment: an npz archive, class folders, a manifest or TFRecord files.
 *
 * @param columns of a manifest
 * @param sizePx that images of files get
 */
record LooseImages(Path place, Manifest.Settings columns, int sizePx, ImageStorage storage) {
  private static final int CHANNELS = 3;

  /** Whether it is an archive, whose images keep their size. */
  boolean isArchive() {
    return !Files.isDirectory(place) && place.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
  }

  /** Empty for what is none of them, such as an experiment. */
  Optional<DataSource> source() {
    if (isArchive()) {
      return Optional.of(new NpzSource(place, name(), List.of(), storage));
    }
    if (TfRecordFiles.are(place)) {
      return Optional.of(records());
    }
    if (Manifest.isTable(place)) {
      return Optional.of(manifest());
    }
    return Files.isDirectory(place) ? Optional.of(folder()) : Optional.empty();
  }

  private DataSource records() {
    var usual = SplitFractions.DEFAULT;
    var ofTraining = new SplitFractions(usual.validation(), 0, usual.seed());
    return new TfRecordSource(place, name(), form(), new Division(ofTraining), storage);
  }

  private DataSource manifest() {
    var division = new Division(SplitFractions.DEFAULT);
    var settings = new ManifestSource.Settings(columns, form(), names -> division);
    return new ManifestSource(place, name(), settings, storage);
  }

  private DataSource folder() {
    var settings =
        new FolderSource.Settings(form().geometry(), CHANNELS, List.of(), SplitFractions.DEFAULT);
    return new FolderSource(place, name(), settings, storage);
  }

  private PixelForm form() {
    return new PixelForm(ImageGeometry.square(sizePx), CHANNELS);
  }

  private String name() {
    return String.valueOf(place.toAbsolutePath().normalize().getFileName());
  }
}

package org.openmargin.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.openmargin.data.DataSource;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.division.Division;
import org.openmargin.data.division.HeldOut;
import org.openmargin.data.manifest.ManifestSource;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.FolderSource;
import org.openmargin.data.source.NpzSource;
import org.openmargin.data.source.PixelForm;

/**
 * Images that belong to no experiment: an npz file, a folder or a manifest.
 *
 * @param columns of a manifest
 */
record LooseImages(Path place, ManifestOptions columns, ImageStorage storage) {
  private static final int SIZE_PX = 64;
  private static final int CHANNELS = 3;

  /** Empty for what is neither, such as an experiment. */
  Optional<DataSource> source() {
    var file = place.toString().toLowerCase(Locale.ROOT);
    var geometry = ImageGeometry.square(SIZE_PX);
    if (Files.isDirectory(place)) {
      var settings =
          new FolderSource.Settings(geometry, CHANNELS, List.of(), SplitFractions.DEFAULT);
      return Optional.of(new FolderSource(place, name(), settings, storage));
    }
    if (file.endsWith(".npz")) {
      return Optional.of(new NpzSource(place, name(), List.of(), storage));
    }
    if (file.endsWith(".csv") || file.endsWith(".tsv")) {
      var nothing = new HeldOut(List.of(), Set.of(), false);
      var division = new Division(SplitFractions.DEFAULT, Optional.empty(), nothing);
      var settings =
          new ManifestSource.Settings(
              columns.settings(""), new PixelForm(geometry, CHANNELS), names -> division);
      return Optional.of(new ManifestSource(place, name(), settings, storage));
    }
    return Optional.empty();
  }

  private String name() {
    return String.valueOf(place.toAbsolutePath().normalize().getFileName());
  }
}

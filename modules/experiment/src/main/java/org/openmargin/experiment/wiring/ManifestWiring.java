package org.openmargin.experiment.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.config.v1.ManifestSourceConfig;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.division.Division;
import org.openmargin.data.division.Fold;
import org.openmargin.data.division.HeldOut;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.manifest.ManifestColumns;
import org.openmargin.data.manifest.ManifestSource;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.PixelForm;
import org.openmargin.experiment.classes.ClassChoice;

/**
 * A manifest as the schema describes it.
 *
 * @param known the classes that are known in the test, also in a rehearsal of it
 */
record ManifestWiring(DataConfig config, ClassChoice known, ImageGeometry geometry) {

  ManifestSource source(ImageStorage storage) {
    var manifest = config.getManifest();
    var path = Path.of(manifest.getPath());
    var file = path.getFileName() == null ? "manifest" : path.getFileName().toString();
    var settings =
        new ManifestSource.Settings(
            reading(manifest),
            new PixelForm(geometry, manifest.getChannels(), Levels.of(config.getLevels())),
            names -> division(manifest, names));
    return new ManifestSource(path, file.replaceFirst("[.][^.]+$", ""), settings, storage);
  }

  private static Manifest.Settings reading(ManifestSourceConfig manifest) {
    var columns =
        new ManifestColumns(
            manifest.getPathColumn(),
            manifest.getLabelColumn(),
            manifest.getSplitColumn(),
            manifest.getGroupColumn(),
            manifest.getSiteColumn());
    var root = manifest.getRoot();
    return new Manifest.Settings(
        columns,
        root.isEmpty() ? Optional.empty() : Optional.of(Path.of(root)),
        manifest.getPathSuffix(),
        manifest.getClassNamesList(),
        manifest.getCrossingGroupsList());
  }

  private Division division(ManifestSourceConfig manifest, List<String> names) {
    var sites = manifest.getTestSitesList();
    var fractions =
        new SplitFractions(
            manifest.getValidationFraction(), manifest.getTestFraction(), manifest.getSplitSeed());
    var fold =
        manifest.getFolds() == 0
            ? Optional.<Fold>empty()
            : Optional.of(new Fold(manifest.getFolds(), manifest.getTestFold()));
    return new Division(
        fractions, fold, new HeldOut(sites, unknown(names), manifest.getHoldOutUnknown()));
  }

  /** In a rehearsal, its classes: the division is that of the test. */
  private Set<String> unknown(List<String> names) {
    var ids = Set.copyOf(known.in(names));
    return IntStream.range(0, names.size())
        .filter(id -> !ids.contains(id))
        .mapToObj(names::get)
        .collect(Collectors.toSet());
  }
}

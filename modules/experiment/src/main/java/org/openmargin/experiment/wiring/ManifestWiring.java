package org.openmargin.experiment.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.openmargin.config.v1.ManifestSourceConfig;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.division.Division;
import org.openmargin.data.division.Fold;
import org.openmargin.data.division.HeldOut;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.manifest.ManifestColumns;
import org.openmargin.data.manifest.ManifestSource;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.PixelForm;

/**
 * A manifest as the schema describes it.
 *
 * @param unknown the classes that are unknown in the test, also in a rehearsal of it, given all
 *     names
 */
record ManifestWiring(
    ManifestSourceConfig config, Function<List<String>, Set<String>> unknown, PixelForm form) {

  ManifestSource source(Path path, ImageStorage storage) {
    var settings = new ManifestSource.Settings(reading(), form, this::division);
    return new ManifestSource(path, SourceWiring.name(path), settings, storage);
  }

  private Manifest.Settings reading() {
    var columns =
        new ManifestColumns(
            config.getPathColumn(),
            config.getIdColumn(),
            config.getLabelColumn(),
            config.getSplitColumn(),
            config.getGroupColumn(),
            config.getSiteColumn());
    var root = config.getRoot();
    return new Manifest.Settings(
        columns,
        root.isEmpty() ? Optional.empty() : Optional.of(Path.of(root)),
        config.getPathSuffix(),
        config.getClassNamesList(),
        config.getCrossingGroupsList());
  }

  private Division division(List<String> names) {
    var sites = config.getTestSitesList();
    var fractions =
        new SplitFractions(
            config.getValidationFraction(), config.getTestFraction(), config.getSplitSeed());
    var fold =
        config.getFolds() == 0
            ? Optional.<Fold>empty()
            : Optional.of(new Fold(config.getFolds(), config.getTestFold()));
    return new Division(
        fractions, fold, new HeldOut(sites, unknown.apply(names), config.getHoldOutUnknown()));
  }
}

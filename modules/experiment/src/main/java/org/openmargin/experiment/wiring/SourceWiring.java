package org.openmargin.experiment.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.openmargin.config.v1.FolderSourceConfig;
import org.openmargin.config.v1.LevelsConfig;
import org.openmargin.config.v1.ManifestSourceConfig;
import org.openmargin.config.v1.MedMnistSourceConfig;
import org.openmargin.config.v1.NpzSourceConfig;
import org.openmargin.config.v1.TfRecordSourceConfig;
import org.openmargin.data.DataSource;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.convert.TfRecordSource;
import org.openmargin.data.division.Division;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.FolderSource;
import org.openmargin.data.source.NpzSource;
import org.openmargin.data.source.PixelForm;

/**
 * Files as the schema describes them.
 *
 * @param section of the schema, such as {@code data}, for messages
 * @param geometry of images whose sizes may differ
 */
record SourceWiring(
    String section, Supplier<ImageGeometry> geometry, LevelsConfig levels, ImageStorage storage) {

  DataSource npz(NpzSourceConfig config) {
    var path = Path.of(config.getPath());
    var source = new NpzSource(path, name(path), config.getClassNamesList(), storage);
    return located(path, "npz.path", source);
  }

  DataSource medMnist(MedMnistSourceConfig config) {
    var set = MedMnistName.set(config.getName());
    var file = DataFolder.of(config.getDirectory()).resolve(set.fileName(config.getSizePx()));
    var fetching = DataFolder.fetching(set, config.getSizePx(), config.getDirectory());
    return new LocatedSource(
        file,
        "download it with: " + fetching,
        new NpzSource(file, set.name(), set.classNames(), storage));
  }

  DataSource folder(FolderSourceConfig config) {
    var path = Path.of(config.getPath());
    var settings =
        new FolderSource.Settings(
            geometry.get(),
            config.getChannels(),
            config.getClassNamesList(),
            new SplitFractions(
                config.getValidationFraction(), config.getTestFraction(), config.getSplitSeed()),
            Levels.of(levels),
            levels.getAllFrames());
    var name = Optional.ofNullable(path.toAbsolutePath().normalize().getFileName());
    return located(
        path,
        "folder.path",
        new FolderSource(path, name.map(Path::toString).orElse("folder"), settings, storage));
  }

  /**
   * @param unknown the unknown classes, given all names
   */
  DataSource manifest(ManifestSourceConfig config, Function<List<String>, Set<String>> unknown) {
    var path = Path.of(config.getPath());
    var form =
        new PixelForm(
            geometry.get(), config.getChannels(), Levels.of(levels), levels.getAllFrames());
    return located(
        path, "manifest.path", new ManifestWiring(config, unknown, form).source(path, storage));
  }

  DataSource tfRecord(TfRecordSourceConfig config) {
    var path = Path.of(config.getPath());
    var form =
        new PixelForm(
            geometry.get(), config.getChannels(), Levels.of(levels), levels.getAllFrames());
    // Only the training part is divided.
    var fractions = new SplitFractions(config.getValidationFraction(), 0, config.getSplitSeed());
    return located(
        path,
        "tfrecord.path",
        new TfRecordSource(path, name(path), form, new Division(fractions), storage));
  }

  /** The last part of a path, without the ending. */
  static String name(Path path) {
    var last = Optional.ofNullable(path.toAbsolutePath().normalize().getFileName());
    return last.map(p -> p.toString().replaceFirst("(?<=.)[.][^.]+$", "")).orElse("images");
  }

  private DataSource located(Path path, String field, DataSource source) {
    var remedy = "say where the images are, with the override %s.%s=PATH".formatted(section, field);
    return new LocatedSource(path, remedy, source);
  }
}

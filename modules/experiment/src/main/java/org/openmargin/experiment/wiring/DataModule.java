package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.data.DataException;
import org.openmargin.data.DataSource;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.FolderSource;
import org.openmargin.data.source.MedMnist;
import org.openmargin.data.source.NpzSource;
import org.openmargin.data.synthetic.SyntheticCells;

/**
 * Binds the data source that {@code data} names. A new source needs its message in data.proto (its
 * paths marked with {@code (openmargin.v1.place)}), its class, and its case in {@link #source}:
 * digests, absolute paths and the check of a benchmark's images follow from these.
 */
public final class DataModule extends AbstractModule {
  private static final int SYNTHETIC_SIZE_PX = 32;
  private final DataConfig config;
  private final ImageStorage storage;

  DataModule(DataConfig config, ImageStorage storage) {
    this.config = config;
    this.storage = storage;
  }

  @Override
  protected void configure() {
    MapBinder.newMapBinder(
        binder(), new TypeLiteral<String>() {}, new TypeLiteral<DataSourceFactory>() {});
    if (config.getSourceCase() == DataConfig.SourceCase.SOURCE_NOT_SET) {
      binder().addError("data: no source is set");
    }
  }

  /**
   * Checks that images are where experiments say, without reading them; a user's own sources are
   * not asked.
   *
   * @throws DataException naming the first file or folder that is missing, and what to do
   */
  public static void requirePresent(Stream<DataConfig> configs) {
    configs
        .filter(config -> !config.hasCustom())
        .map(config -> config.toBuilder().clearKnownClasses().build())
        .distinct()
        .map(config -> new DataModule(config, ImageStorage.memory(notice -> {})))
        .forEach(module -> module.source(Map.of()).requirePresent());
  }

  @Provides
  @Singleton
  DataSource source(Map<String, DataSourceFactory> custom) {
    return switch (config.getSourceCase()) {
      case NPZ -> npz(Path.of(config.getNpz().getPath()));
      case MEDMNIST -> medMnist();
      case FOLDER -> folder();
      case SYNTHETIC_CELLS -> syntheticCells();
      case CUSTOM ->
          CustomParts.named(config.getCustom(), "data.custom", custom)
              .create(config.getCustom().getParametersMap());
      case SOURCE_NOT_SET -> throw new IllegalStateException("refused by configure");
    };
  }

  private DataSource npz(Path path) {
    var file = path.getFileName() == null ? path.toString() : path.getFileName().toString();
    var name = file.replaceFirst("\\.npz$", "");
    return located(
        path,
        "data.npz.path",
        new NpzSource(path, name, config.getNpz().getClassNamesList(), storage));
  }

  private DataSource medMnist() {
    var medmnist = config.getMedmnist();
    var set = MedMnist.named(medmnist.getName());
    var file = DataFolder.of(medmnist.getDirectory()).resolve(set.fileName(medmnist.getSizePx()));
    var fetching = DataFolder.fetching(set, medmnist.getSizePx(), medmnist.getDirectory());
    return new LocatedSource(
        file,
        "download it with: " + fetching,
        new NpzSource(file, set.name(), set.classNames(), storage));
  }

  private DataSource folder() {
    var folder = config.getFolder();
    var path = Path.of(folder.getPath());
    var settings =
        new FolderSource.Settings(
            geometry(config, config.getImageSizePx()),
            folder.getChannels(),
            folder.getClassNamesList(),
            new SplitFractions(
                folder.getValidationFraction(), folder.getTestFraction(), folder.getSplitSeed()));
    var name = path.toAbsolutePath().normalize().getFileName();
    return located(
        path,
        "data.folder.path",
        new FolderSource(path, name == null ? "folder" : name.toString(), settings, storage));
  }

  private static DataSource located(Path path, String field, DataSource source) {
    return new LocatedSource(
        path, "say where the images are: --set %s=PATH".formatted(field), source);
  }

  private DataSource syntheticCells() {
    var cells = config.getSyntheticCells();
    var size = config.getImageSizePx() == 0 ? SYNTHETIC_SIZE_PX : config.getImageSizePx();
    return new SyntheticCells(
        new SyntheticCells.Settings(
            size,
            cells.getTrainImagesPerClass(),
            cells.getValidationImagesPerClass(),
            cells.getTestImagesPerClass(),
            cells.getSeed()),
        storage);
  }

  static ImageGeometry geometry(DataConfig config, int sizePx) {
    var crop = config.getCentreCropPx();
    return new ImageGeometry(
        crop == 0 ? OptionalInt.empty() : OptionalInt.of(crop), sizePx, sizePx);
  }
}

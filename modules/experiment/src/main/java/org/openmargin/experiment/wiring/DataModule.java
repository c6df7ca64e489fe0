package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.data.DataSource;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.pixels.ImageStorage;
import org.openmargin.data.source.FolderSource;
import org.openmargin.data.source.NpzSource;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.experiment.classes.ClassChoice;
import org.openmargin.experiment.classes.ImagePreparation;

/**
 * Binds the images that {@code data} names, and the known classes. A new source needs a message in
 * data.proto (paths marked with {@code (openmargin.v1.place)}), a class, and a case in {@link
 * #source}; digests, absolute paths and the check of a benchmark's images follow from these.
 */
final class DataModule extends AbstractModule {
  private static final int SYNTHETIC_SIZE_PX = 32;
  private final DataConfig config;

  DataModule(DataConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    if (config.getSourceCase() == DataConfig.SourceCase.SOURCE_NOT_SET) {
      binder().addError("data: no source is set");
    }
  }

  @Provides
  @Singleton
  ImagePreparation images(DataSource source) {
    var size = config.getImageSizePx();
    return new ImagePreparation(
        source,
        config.hasRehearsal() ? Optional.of(rehearsed()) : Optional.empty(),
        size == 0 ? Optional.empty() : Optional.of(geometry()),
        known());
  }

  private ClassChoice known() {
    return new ClassChoice(
        "data.known_classes", config.getKnownClassesList(), config.getKnownClassNamesList());
  }

  private ClassChoice rehearsed() {
    var rehearsal = config.getRehearsal();
    return new ClassChoice(
        "data.rehearsal.classes", rehearsal.getClassesList(), rehearsal.getClassNamesList());
  }

  @Provides
  @Singleton
  DataSource source(ImageStorage storage, CustomParts custom) {
    return switch (config.getSourceCase()) {
      case NPZ -> npz(Path.of(config.getNpz().getPath()), storage);
      case MEDMNIST -> medMnist(storage);
      case FOLDER -> folder(storage);
      case MANIFEST ->
          located(
              Path.of(config.getManifest().getPath()),
              "data.manifest.path",
              new ManifestWiring(config, config.hasRehearsal() ? rehearsed() : known(), geometry())
                  .source(storage));
      case SYNTHETIC_CELLS -> syntheticCells(storage);
      case CUSTOM -> custom.dataSource(config.getCustom());
      case SOURCE_NOT_SET -> throw new IllegalStateException("refused by configure");
    };
  }

  private DataSource npz(Path path, ImageStorage storage) {
    var file = path.getFileName() == null ? path.toString() : path.getFileName().toString();
    var name = file.replaceFirst("\\.npz$", "");
    return located(
        path,
        "data.npz.path",
        new NpzSource(path, name, config.getNpz().getClassNamesList(), storage));
  }

  private DataSource medMnist(ImageStorage storage) {
    var medmnist = config.getMedmnist();
    var set = MedMnistName.set(medmnist.getName());
    var file = DataFolder.of(medmnist.getDirectory()).resolve(set.fileName(medmnist.getSizePx()));
    var fetching = DataFolder.fetching(set, medmnist.getSizePx(), medmnist.getDirectory());
    return new LocatedSource(
        file,
        "download it with: " + fetching,
        new NpzSource(file, set.name(), set.classNames(), storage));
  }

  private DataSource folder(ImageStorage storage) {
    var folder = config.getFolder();
    var path = Path.of(folder.getPath());
    var settings =
        new FolderSource.Settings(
            geometry(),
            folder.getChannels(),
            folder.getClassNamesList(),
            new SplitFractions(
                folder.getValidationFraction(), folder.getTestFraction(), folder.getSplitSeed()),
            Levels.of(config.getLevels()));
    var name = path.toAbsolutePath().normalize().getFileName();
    return located(
        path,
        "data.folder.path",
        new FolderSource(path, name == null ? "folder" : name.toString(), settings, storage));
  }

  private static DataSource located(Path path, String field, DataSource source) {
    return new LocatedSource(
        path, "say where the images are, with the override %s=PATH".formatted(field), source);
  }

  private DataSource syntheticCells(ImageStorage storage) {
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

  private ImageGeometry geometry() {
    var size = config.getImageSizePx();
    var crop = config.getCentreCropPx();
    return new ImageGeometry(crop == 0 ? OptionalInt.empty() : OptionalInt.of(crop), size, size);
  }
}

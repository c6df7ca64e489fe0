package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openmargin.config.v1.DataConfig;
import org.openmargin.data.DataSource;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.pixels.ImageStorage;
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
    var wiring = new SourceWiring("data", this::geometry, config.getLevels(), storage);
    return switch (config.getSourceCase()) {
      case NPZ -> wiring.npz(config.getNpz());
      case MEDMNIST -> wiring.medMnist(config.getMedmnist());
      case FOLDER -> wiring.folder(config.getFolder());
      case MANIFEST -> wiring.manifest(config.getManifest(), this::unknown);
      case TFRECORD -> wiring.tfRecord(config.getTfrecord());
      case MERGED -> new MergedWiring(config, geometry(), tested().names()).source(storage);
      case SYNTHETIC_CELLS -> syntheticCells(storage);
      case CUSTOM -> custom.dataSource(config.getCustom());
      case SOURCE_NOT_SET -> throw new IllegalStateException("refused by configure");
    };
  }

  /** The classes that are known in the test, also in a rehearsal of it. */
  private ClassChoice tested() {
    return config.hasRehearsal() ? rehearsed() : known();
  }

  private Set<String> unknown(List<String> names) {
    var ids = Set.copyOf(tested().in(names));
    return IntStream.range(0, names.size())
        .filter(id -> !ids.contains(id))
        .mapToObj(names::get)
        .collect(Collectors.toSet());
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

package org.openmargin.experiment;

import java.nio.file.Path;
import org.openmargin.config.v1.ExperimentConfig;

/** Makes the paths of an experiment independent of the working directory. */
final class AbsolutePaths {
  private AbsolutePaths() {}

  static ExperimentConfig in(ExperimentConfig config) {
    var absolute = config.toBuilder();
    var data = absolute.getDataBuilder();
    switch (data.getSourceCase()) {
      case NPZ -> data.getNpzBuilder().setPath(of(data.getNpz().getPath()));
      case FOLDER -> data.getFolderBuilder().setPath(of(data.getFolder().getPath()));
      case MEDMNIST, SYNTHETIC_CELLS, CUSTOM, SOURCE_NOT_SET -> {}
    }
    var cache = config.getRuntime().getCudaCacheDir();
    if (!cache.isEmpty()) {
      absolute.getRuntimeBuilder().setCudaCacheDir(of(cache));
    }
    var images = config.getRuntime().getImages();
    if (!images.getCacheDirectory().isEmpty()) {
      absolute
          .getRuntimeBuilder()
          .getImagesBuilder()
          .setCacheDirectory(of(images.getCacheDirectory()));
    }
    return absolute.build();
  }

  private static String of(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }
}

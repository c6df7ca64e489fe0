package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.openmargin.config.v1.ExperimentConfig;

/** Binds the settings of {@code export}. */
final class ExporterModule extends AbstractModule {
  private final ExperimentConfig config;

  ExporterModule(ExperimentConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  Recipe.Export export() {
    var model = config.getExport().getName();
    return new Recipe.Export(
        config.getName(),
        model.isEmpty() ? config.getName() : model,
        config.getData().getCentreCropPx(),
        Levels.of(config.getData().getLevels()));
  }
}

package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.nn.Views;

/** Binds how images are scored and decided upon, as {@code scoring} and {@code export} say. */
final class ScoringModule extends AbstractModule {
  private final ExperimentConfig config;

  ScoringModule(ExperimentConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  Views views() {
    return switch (config.getScoring().getViews()) {
      case SINGLE -> Views.SINGLE;
      case MIRRORED -> Views.MIRRORED;
      case DIHEDRAL -> Views.DIHEDRAL;
    };
  }

  @Provides
  @Singleton
  Scoring scoring() {
    return new Scoring(config);
  }
}

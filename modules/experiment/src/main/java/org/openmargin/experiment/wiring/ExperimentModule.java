package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.function.Consumer;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.DataSource;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.OpenSetLoss;
import org.openmargin.trainer.TrainSettings;

/**
 * Wires an experiment: one feature module per section. It builds immutable recipes only; graphs and
 * sessions are opened where they are used.
 */
public final class ExperimentModule extends AbstractModule {
  private final ExperimentConfig config;
  private final Consumer<String> notices;

  /**
   * @param config resolved and valid
   * @param notices hears what a person should know, one sentence at a time
   */
  public ExperimentModule(ExperimentConfig config, Consumer<String> notices) {
    this.config = config;
    this.notices = notices;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    var storage = ImagePlacements.storage(config.getRuntime().getImages(), notices);
    install(new DataModule(config.getData(), storage));
    install(new ModelModule(config.getModel()));
    install(new LossModule(config.getLoss(), config.getData().getKnownClassesCount()));
    install(new TrainingModule(config.getTraining(), config.getRuntime().getSeed()));
  }

  @Provides
  @Singleton
  Recipe recipe(DataSource source, Backbone backbone, OpenSetLoss loss, TrainSettings training) {
    return new Recipe(config, source, new Recipe.Parts(backbone, loss), training);
  }
}

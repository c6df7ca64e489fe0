package org.openmargin.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.Map;
import java.util.function.Consumer;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.WorkListener;
import org.openmargin.experiment.classes.ImagePreparation;
import org.openmargin.experiment.transfer.StageTuning;
import org.openmargin.experiment.transfer.StartingWeights;
import org.openmargin.experiment.wiring.runtime.RuntimeModule;
import org.openmargin.experiment.wiring.runtime.RuntimeRequest;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.Features;
import org.openmargin.nn.Views;
import org.openmargin.trainer.FeedSettings;
import org.openmargin.trainer.TrainSettings;

/**
 * Wires an experiment: one module per section. It builds immutable recipes only; graphs and
 * sessions are opened where they are used.
 */
public final class ExperimentModule extends AbstractModule {
  private final ExperimentConfig config;
  private final Consumer<String> notices;
  private final WorkListener work;

  /**
   * @param config resolved and valid
   * @param notices receives messages for the user, one sentence each
   * @param work follows long work
   */
  public ExperimentModule(ExperimentConfig config, Consumer<String> notices, WorkListener work) {
    this.config = config;
    this.notices = notices;
    this.work = work;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    CustomParts.NONE.bind(binder());
    install(new RuntimeModule(config.getRuntime()));
    install(new DataModule(config.getData()));
    install(new ModelModule(config.getModel()));
    install(new LossModule(config.getLoss()));
    install(new TrainerModule(config.getTraining(), config.getRuntime().getSeed()));
    install(new ScoringModule(config));
    install(new ExporterModule(config));
  }

  @Provides
  Consumer<String> notices() {
    return notices;
  }

  @Provides
  WorkListener work() {
    return work;
  }

  @Provides
  @Singleton
  CustomParts custom(
      Map<String, LossFactory> losses,
      Map<String, BackboneFactory> backbones,
      Map<String, DataSourceFactory> dataSources) {
    return new CustomParts(losses, backbones, dataSources).requiredBy(config);
  }

  @Provides
  @Singleton
  Recipe.Parts parts(Backbone backbone, HeadOfClasses loss, Views views, Features features) {
    var tuned = StageTuning.of(config.getTraining()).applied(backbone);
    var start = new StartingWeights(config.getModel(), notices);
    return new Recipe.Parts(tuned, start, loss, views, features);
  }

  @Provides
  @Singleton
  Recipe recipe(
      ImagePreparation images,
      Recipe.Parts parts,
      TrainSettings training,
      FeedSettings feeding,
      Scoring scoring,
      Recipe.Export export,
      RuntimeRequest runtime) {
    return new Recipe(images, parts, training, feeding, scoring, export, runtime, notices, work);
  }
}

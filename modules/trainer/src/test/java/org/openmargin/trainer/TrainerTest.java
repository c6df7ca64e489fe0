package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.sampling.ClassSampling;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.RunListener.Validation;
import org.openmargin.trainer.RunListener.Verdict;
import org.openmargin.trainer.TrainSettings.Selection;
import org.openmargin.trainer.optimizer.Optimizer;

class TrainerTest {
  @TempDir Path folder;

  /** Keeps what a training run reports; stops it after a number of validations. */
  private static final class Recorder implements RunListener {
    final List<Progress> progress = new ArrayList<>();
    final List<Validation> validations = new ArrayList<>();
    private final int stopAfter;

    Recorder(int stopAfter) {
      this.stopAfter = stopAfter;
    }

    @Override
    public void progressed(Progress p) {
      progress.add(p);
    }

    @Override
    public Verdict validated(Validation v) {
      validations.add(v);
      return validations.size() == stopAfter ? Verdict.STOP : Verdict.GO_ON;
    }

    List<Double> losses() {
      return progress.stream().map(Progress::loss).toList();
    }
  }

  private Recorder train(Trainer trainer, String name, boolean resume, int stopAfter) {
    var recorder = new Recorder(stopAfter);
    trainer.train(Fixtures.cells(), folder.resolve(name), resume, List.of(recorder));
    return recorder;
  }

  @Test
  void aTinyNetworkLearnsItsTrainingImages() {
    var recorder = train(Fixtures.trainer(40, 1e-2), "run", false, 0);
    var first = recorder.validations.get(0);
    var last = recorder.validations.get(recorder.validations.size() - 1);
    assertThat(last.trainLoss()).isLessThan(0.5 * first.trainLoss());
    var data = Fixtures.cells();
    try (var inference = new Inference(Fixtures.tinyNetwork(), RuntimeSettings.CPU)) {
      inference.restore(newest("run").variables());
      var outputs = inference.outputs(data.train().images());
      var correct = 0;
      for (var i = 0; i < data.train().count(); i++) {
        correct += outputs.predictedClass(i, 3) == data.train().labels()[i] ? 1 : 0;
      }
      assertThat(correct).isGreaterThan((int) (0.95 * data.train().count()));
      assertThat(outputs.logits()[0]).hasSize(4);
      assertThat(outputs.embeddings()[0]).hasSize(32);
      assertThat(outputs.scale()).isEqualTo(last.head().scale());
    }
  }

  @Test
  void aResumedRunEqualsAStraightOneBitForBit() throws IOException {
    var straight = train(Fixtures.trainer(4, 1e-2), "straight", false, 0);
    train(Fixtures.trainer(4, 1e-2), "resumed", false, 2);
    Files.createDirectories(folder.resolve("resumed/.unfinished-99"));
    var resumed = train(Fixtures.trainer(4, 1e-2), "resumed", true, 0);
    assertThat(resumed.losses()).isEqualTo(straight.losses().subList(4, 8));
    assertThat(resumed.validations).isEqualTo(straight.validations.subList(2, 4));
    assertThat(Files.readAllBytes(data("resumed"))).isEqualTo(Files.readAllBytes(data("straight")));
    assertThat(folder.resolve("resumed/.unfinished-99")).doesNotExist();
  }

  /** At each step of an epoch of four, also where the log's window has begun. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anInterruptedRunGoesOnBitForBit(int steps) throws IOException {
    var straight = train(Fixtures.trainer(3, 1e-2), "straight", false, 0);
    var interrupter = new Interrupter(steps);
    var first = new Recorder(0);
    var outcome =
        Fixtures.trainer(3, 1e-2)
            .train(Fixtures.cells(), folder.resolve("parts"), false, List.of(first, interrupter));
    assertThat(outcome.end()).isEqualTo(Trainer.End.INTERRUPTED);
    assertThat(outcome.stepsRun()).isEqualTo(steps);
    assertThat(newest("parts").state().step()).isEqualTo(steps);
    assertThat(newest("parts").state().epoch()).isEqualTo(steps / 4);
    assertThat(newest("parts").state().isValidated()).isEqualTo(steps == 4);
    var second = train(Fixtures.trainer(3, 1e-2), "parts", true, 0);
    assertThat(Stream.concat(first.losses().stream(), second.losses().stream()))
        .containsExactlyElementsOf(straight.losses());
    assertThat(Stream.concat(first.validations.stream(), second.validations.stream()))
        .containsExactlyElementsOf(straight.validations);
    assertThat(Files.readAllBytes(data("parts"))).isEqualTo(Files.readAllBytes(data("straight")));
    assertThat(new Checkpoints(folder.resolve("parts"), 2).all())
        .allMatch(checkpoint -> checkpoint.state().isValidated());
  }

  /** Interrupts after a number of steps. */
  private static final class Interrupter implements RunListener {
    private int left;

    Interrupter(int steps) {
      this.left = steps;
    }

    @Override
    public boolean interrupts() {
      return --left == 0;
    }
  }

  @Test
  void aRunShorterThanTheDistanceBetweenLogsHasOneAtItsEnd() {
    var settings = Fixtures.settings(1, Fixtures.adam(), 1e-2, Precision.FLOAT32);
    var rare =
        new TrainSettings(
            1,
            settings.batchSize(),
            7,
            settings.step(),
            new TrainSettings.KeepSettings(Selection.LAST_EPOCH, 2, 1, 100));
    var recorder = train(Fixtures.trainer(rare), "run", false, 0);
    assertThat(recorder.progress).hasSize(1);
    assertThat(recorder.progress.get(0).at().step()).isEqualTo(4);
    assertThat(recorder.losses()).containsExactly(recorder.validations.get(0).trainLoss());
  }

  private Path data(String run) {
    return newest(run).folder().resolve("variables.data-00000-of-00001");
  }

  private Checkpoint newest(String run) {
    return new Checkpoints(folder.resolve(run), 2).newest().orElseThrow();
  }

  @Test
  void aValidationIsReportedBeforeAndAfterItsCheckpoint() {
    var checkpoints = new Checkpoints(folder.resolve("run"), 2);
    var before = new ArrayList<Boolean>();
    var after = new ArrayList<Boolean>();
    var listener =
        new RunListener() {
          private boolean counts(Validation v) {
            return checkpoints.newest().stream().anyMatch(c -> c.state().step() == v.at().step());
          }

          @Override
          public void measured(Validation v) {
            before.add(counts(v));
          }

          @Override
          public Verdict validated(Validation v) {
            after.add(counts(v));
            return Verdict.GO_ON;
          }
        };
    Fixtures.trainer(2, 1e-2)
        .train(Fixtures.cells(), folder.resolve("run"), false, List.of(listener));
    assertThat(before).containsExactly(false, false);
    assertThat(after).containsExactly(true, true);
  }

  @Test
  void theSeedDecidesTheLosses() {
    var settings = Fixtures.settings(1, Fixtures.adam(), 1e-2, Precision.FLOAT32);
    var other =
        new TrainSettings(
            settings.epochs(), settings.batchSize(), 8, settings.step(), settings.keeping());
    var losses = train(Fixtures.trainer(settings), "a", false, 0).losses();
    assertThat(train(Fixtures.trainer(settings), "b", false, 0).losses()).isEqualTo(losses);
    assertThat(train(Fixtures.trainer(other), "c", false, 0).losses()).isNotEqualTo(losses);
  }

  @Test
  void resumingAFinishedRunRunsNoStep() {
    train(Fixtures.trainer(1, 1e-2), "run", false, 0);
    var outcome =
        Fixtures.trainer(1, 1e-2).train(Fixtures.cells(), folder.resolve("run"), true, List.of());
    assertThat(outcome.stepsRun()).isZero();
    assertThat(outcome.newest().state().epoch()).isEqualTo(1);
  }

  @Test
  void aRunThatDivergesStopsAndNamesStepAndLastGoodCheckpoint() {
    train(Fixtures.trainer(1, 1e-2), "run", false, 0);
    var sgd = new Optimizer.Sgd(0.9, false, Optimizer.Decay.NONE);
    var wild = Fixtures.settings(3, sgd, 1e30, Precision.FLOAT32);
    assertThatThrownBy(() -> train(Fixtures.trainer(wild), "wild", false, 0))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("training diverged: the loss is NaN or infinite at step 1")
        .hasMessageContaining("there is no checkpoint yet");
    assertThat(new Checkpoints(folder.resolve("wild"), 2).all()).isEmpty();
  }

  @Test
  void fewerImagesThanOneBatchAreRefused() {
    var settings = Fixtures.settings(1, Fixtures.adam(), 1e-2, Precision.FLOAT32);
    var large = new TrainSettings(1, 500, 7, settings.step(), settings.keeping());
    assertThatThrownBy(() -> train(Fixtures.trainer(large), "run", false, 0))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "there are 72 known training images, fewer than one batch of 500: lower training.batch_size");
  }

  @Test
  void aListenerStopsARunAfterItsCheckpoint() {
    var outcome =
        Fixtures.trainer(5, 1e-2)
            .train(Fixtures.cells(), folder.resolve("run"), false, List.of(new Recorder(2)));
    assertThat(outcome.end()).isEqualTo(Trainer.End.STOPPED);
    assertThat(outcome.newest().state().epoch()).isEqualTo(2);
    assertThat(outcome.stepsRun()).isEqualTo(2 * 4);
  }

  /** Of a network that does not learn, the first validation stays the best. */
  @Test
  void patienceEndsATrainingThatNoLongerImproves() {
    var settings = Fixtures.settings(9, Fixtures.adam(), 1e-12, Precision.FLOAT32);
    var keeping = new TrainSettings.KeepSettings(Selection.LAST_EPOCH, 2, 1, 2, 3);
    var impatient = new TrainSettings(9, settings.batchSize(), 7, settings.step(), keeping);
    var outcome =
        Fixtures.trainer(impatient)
            .train(Fixtures.cells(), folder.resolve("run"), false, List.of());
    assertThat(outcome.end()).isEqualTo(Trainer.End.EARLY);
    var state = outcome.newest().state();
    assertThat(state.epoch() - state.best().step() / 4).isEqualTo(3);
  }

  @Test
  void classWeightsChangeWhatIsTrained() {
    var settings = Fixtures.settings(1, Fixtures.adam(), 1e-2, Precision.FLOAT32);
    var sampled =
        new TrainSettings(
            1,
            settings.batchSize(),
            7,
            settings.step(),
            settings.keeping(),
            new ClassSampling(false, List.of(1.0, 1.0, 5.0)));
    var natural = train(Fixtures.trainer(settings), "natural", false, 0).losses();
    var weighted = train(Fixtures.trainer(sampled), "weighted", false, 0).losses();
    assertThat(weighted).hasSameSizeAs(natural).isNotEqualTo(natural);
  }

  @Test
  void theBestAndTheNewestCheckpointsAreKept() {
    var recorder = train(Fixtures.trainer(6, 1e-2), "run", false, 0);
    var checkpoints = new Checkpoints(folder.resolve("run"), 2);
    var best = recorder.validations.stream().mapToDouble(Validation::accuracy).max().orElseThrow();
    var selected = checkpoints.selected(Selection.BEST_VALIDATION_ACCURACY);
    assertThat(selected.state().validationAccuracy()).isEqualTo(best);
    assertThat(checkpoints.all())
        .extracting(c -> c.state().epoch())
        .contains(5, 6)
        .hasSizeLessThanOrEqualTo(3);
    assertThat(checkpoints.selected(Selection.LAST_EPOCH).state().epoch()).isEqualTo(6);
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    train(Fixtures.trainer(1, 1e-2), "run", false, 0);
    var sgd = new Optimizer.Sgd(0.9, true, Optimizer.Decay.NONE);
    var other = Fixtures.settings(2, sgd, 1e-2, Precision.FLOAT32);
    assertThatThrownBy(() -> train(Fixtures.trainer(other), "run", true, 0))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("it is damaged or belongs to another network or optimizer");
  }

  @Test
  void bfloat16TrainsToo() {
    var settings = Fixtures.settings(3, Fixtures.adam(), 1e-2, Precision.BFLOAT16);
    var recorder = train(Fixtures.trainer(settings), "run", false, 0);
    assertThat(recorder.losses()).allMatch(Double::isFinite);
    assertThat(recorder.losses().get(5)).isLessThan(recorder.losses().get(0));
  }

  @Test
  void theOptimisedTrainGraphDoesNotGrowUnnoticed() {
    var trainer = Fixtures.trainer(1, 1e-2);
    var data = Fixtures.cells();
    try (var session = new TrainSession(trainer, data.train())) {
      session.step(0, 1e-3);
      // Counted after TensorFlow's own optimiser: a jump in the number means that shapes were lost.
      assertThat(Fixtures.optimisedNodes(session).size()).isEqualTo(527);
    }
  }
}

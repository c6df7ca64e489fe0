package org.openmargin.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openmargin.profiler.Profile.OperationTime;
import org.openmargin.profiler.Profile.Phase;
import org.openmargin.profiler.Timeline.Event;
import org.openmargin.profiler.Timeline.Row;
import org.openmargin.runtime.Precision;
import org.openmargin.trainer.FeedSettings;
import org.openmargin.trainer.Fixtures;
import org.openmargin.trainer.SeveralNetworks;
import org.openmargin.trainer.TrainSession;
import org.openmargin.trainer.TrainSettings;
import org.openmargin.trainer.Trainer;
import org.openmargin.trainer.TrainingException;

/** One real training run of a tiny network; each test checks a different aspect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfilerTest {
  private static final int STEPS = 3;

  private final ProfiledSteps steps =
      new Profiler(Fixtures.trainer(1, 1e-2), new ProfileSettings(2, STEPS)).run(Fixtures.cells());
  private final Profile profile = steps.profile();

  private List<OperationTime> operations(String type) {
    return profile.devices().get(0).operations().stream()
        .filter(operation -> operation.type().contains(type))
        .toList();
  }

  @Test
  void everyConvolutionHasItsLayerAndPhase() {
    // The tiny network: a stem, three blocks of two, and two shortcuts.
    var forward = operations("Conv2D").stream().filter(o -> o.phase() == Phase.FORWARD).toList();
    assertThat(forward).hasSize(9).allMatch(o -> o.callsPerStep() == 1 && o.millis() > 0);
    assertThat(forward)
        .extracting(OperationTime::layer)
        .doesNotHaveDuplicates()
        .contains(
            "backbone.stem", "backbone.stage1.block0.shortcut", "backbone.stage2.block0.conv2");
    assertThat(operations("Conv2DBackpropFilter"))
        .hasSize(9)
        .allMatch(o -> o.phase() == Phase.BACKWARD)
        .extracting(OperationTime::layer)
        .containsExactlyInAnyOrderElementsOf(forward.stream().map(OperationTime::layer).toList());
  }

  @Test
  void everyTrainedWeightHasOneUpdate() {
    assertThat(operations("ResourceApplyAdam"))
        .hasSize(29)
        .allMatch(o -> o.phase() == Phase.UPDATE && !o.layer().isEmpty());
  }

  @Test
  void onlyWhatServesAllLayersHasNone() {
    var operations = profile.devices().get(0).operations();
    assertThat(operations).noneMatch(o -> o.phase() == Phase.UNKNOWN);
    // What is fed, as it is read, and the powers of Adam's betas.
    assertThat(operations)
        .filteredOn(o -> o.layer().isEmpty() && !o.type().equals("Const"))
        .extracting(OperationTime::type)
        .isSubsetOf("_Arg", "NoOp", "Reshape", "Pow", "Cast", "Add");
  }

  @Test
  void timesFitIntoTheStep() {
    var use = profile.devices().get(0).use();
    assertThat(use.activeMillis()).isPositive().isLessThanOrEqualTo(use.busyMillis() + 1e-9);
    assertThat(use.activeMillis() + use.idleMillis())
        .isCloseTo(profile.window().operationMillis(), within(1e-6));
    assertThat(profile.pace().tracedMillis()).isGreaterThan(profile.window().operationMillis());
    var untraced = profile.pace().untraced();
    assertThat(untraced.inputMillis() + untraced.runMillis())
        .isCloseTo(untraced.millis(), within(1e-6));
    assertThat(profile.remarks()).isEmpty();
  }

  @Test
  void theGraphIsThatOfTraining() {
    var trainer = Fixtures.trainer(1, 1e-2);
    try (var session = new TrainSession(trainer, Fixtures.cells().train())) {
      session.step(0, 1e-3);
      assertThat(profile.placement().nodeCount())
          .isEqualTo(Fixtures.optimisedNodes(session).size());
    }
    assertThat(profile.placement().misplaced()).isEmpty();
  }

  @Test
  void tracedStepsFollowWarmUpAndUntracedOnesAndContinueInTheNextEpoch() {
    // An epoch has 4 steps; 2 of warm-up, 3 untraced and the one that gives the graph come before.
    assertThat(steps.steps()).extracting(ProfiledSteps.Step::number).containsExactly(6L, 7L, 8L);
    assertThat(profile.pace().steps()).isEqualTo(STEPS);
    assertThat(profile.pace().batchSize()).isEqualTo(Fixtures.BATCH);
  }

  @Test
  void nothingOverlapsInARowOfTheTimeline() {
    var rows = steps.timeline().rows();
    assertThat(rows).extracting(Row::device).contains("training loop", "CPU:0");
    for (var row : rows) {
      assertThat(IntStream.range(1, row.events().size()))
          .as(row.device() + " " + row.name())
          .allMatch(i -> row.events().get(i - 1).end() <= row.events().get(i).begin());
    }
    assertThat(rows.get(0).events())
        .extracting(Event::name)
        .containsExactly("step 6", "step 7", "step 8");
  }

  @Test
  void everyOperationOfAStepLiesWithinIt() {
    var rows = steps.timeline().rows();
    var begin = rows.get(0).events().get(0).begin();
    var end = rows.get(0).events().get(STEPS - 1).end();
    // The clock is the same one, but Java may read it in whole microseconds only.
    var slack = 2_000;
    assertThat(rows.stream().flatMap(row -> row.events().stream()))
        .hasSizeGreaterThan(1000)
        .allMatch(event -> event.begin() > begin - slack && event.end() < end + slack);
  }

  @Test
  void aStreamedTrainingRunIsMeasuredBeyondItsLastStep() {
    var trainer = Fixtures.trainer(1, 1e-2);
    var feeding = new FeedSettings(FeedSettings.Place.STREAMED, 0, 1, 2);
    var streamed = new Trainer(trainer.network(), trainer.settings(), trainer.runtime(), feeding);
    var watched = new Profiler(streamed, new ProfileSettings(0, 3)).run(Fixtures.cells());
    // An epoch has 4 steps, and there is one: 3 untraced and the one that gives the graph.
    assertThat(watched.steps()).extracting(ProfiledSteps.Step::number).containsExactly(4L, 5L, 6L);
    assertThat(watched.profile().devices().get(0).types())
        .extracting(Profile.GroupTime::name)
        .doesNotContain("ResourceGather");
  }

  @Test
  void fewerImagesThanOneBatchAreRefused() {
    var settings = Fixtures.settings(1, Fixtures.adam(), 1e-2, Precision.FLOAT32);
    var large = new TrainSettings(1, 500, 7, settings.step(), settings.keeping());
    var profiler = new Profiler(Fixtures.trainer(large), ProfileSettings.DEFAULT);
    assertThatThrownBy(() -> profiler.run(Fixtures.cells()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("fewer than one batch of 500");
  }

  @Test
  void aProfileSeesEveryObjectiveOfAStep() {
    var settings = new ProfileSettings(0, 1);
    var profiler = new Profiler(SeveralNetworks.ARPL_CS.trainer(1), settings);
    var steps = profiler.run(Fixtures.cells());
    assertThat(steps.steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.runs()).hasSize(3);
              assertThat(step.runs().get(1).begin()).isGreaterThan(step.runBegin());
            });
    var layers = new TreeSet<String>();
    steps.profile().devices().forEach(d -> d.layers().forEach(l -> layers.add(l.name())));
    assertThat(layers).contains("generator.layer1", "discriminator.layer1", "backbone.stem");
  }
}

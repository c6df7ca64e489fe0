package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.v1.Provenance;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.trainer.RunListener;
import org.openmargin.trainer.TrainingException;

/** A training that diverges and goes on with a lower learning rate. */
class RecoveryTest {
  @TempDir Path folder;

  /** Weight decay times learning rate far above 2: weights grow without bound. */
  private static Experiment hot(String... more) {
    var settings =
        new ArrayList<>(
            List.of(
                "training.epochs=8",
                "training.sgd.learning_rate=6",
                "training.sgd.weight_decay=1"));
    settings.addAll(List.of(more));
    return tiny(settings.toArray(String[]::new));
  }

  private static Experiment recovering() {
    return hot("training.recover.retries=6", "training.recover.rate_factor=0.02");
  }

  @Test
  void withoutTheSettingItFails() {
    assertThatThrownBy(() -> hot().train(folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("training diverged: ");
  }

  @Test
  void itGoesOnSlowerAndSaysSo() {
    var notices = new ArrayList<String>();
    var run = recovering().withNotices(notices::add).train(folder);
    var recovered = run.provenance().getRecoveredList();
    assertThat(recovered).isNotEmpty();
    assertThat(recovered.get(0).getRateFactor()).isEqualTo(0.02);
    assertThat(recovered.get(0).getReason()).startsWith("training diverged: ");
    assertThat(run.provenance().getFinished()).isNotEmpty();
    assertThat(notices)
        .filteredOn(notice -> notice.contains("Recovery 1 of 6: training goes on from"))
        .hasSize(1);
  }

  @Test
  void afterTheLastRetryItFails() {
    var never = hot("training.recover.retries=2", "training.recover.rate_factor=0.999");
    assertThatThrownBy(() -> never.train(folder)).isInstanceOf(TrainingException.class);
    assertThat(Experiment.of(folder).runIn(folder).provenance().getRecoveredCount()).isEqualTo(2);
  }

  @Test
  void interruptedAfterARecoveryItEndsAsIfNothingHadHappened() {
    var whole = recovering().train(folder.resolve("whole")).provenance();
    var parts = folder.resolve("parts");
    recovering().train(new TrainRequest(parts, Existing.REFUSE, List.of(interruptingAtStep(50))));
    var resumed =
        Experiment.of(parts)
            .withNotices(notice -> {})
            .train(new TrainRequest(parts, Existing.RESUME, List.of()))
            .provenance();
    assertThat(resumed.getRecoveredList()).isEqualTo(whole.getRecoveredList());
    assertThat(resumed.hasInitialWeightsSha256()).isEqualTo(whole.hasInitialWeightsSha256());
    assertThat(resumed.hasSavedModelSha256()).isEqualTo(whole.hasSavedModelSha256());
    assertThat(digest(resumed)).isEqualTo(digest(whole)).hasSize(64);
  }

  private static String digest(Provenance provenance) {
    return provenance.getWeightsSha256();
  }

  /** Counts from each start on. */
  private static RunListener interruptingAtStep(int step) {
    var done = new AtomicInteger();
    return new RunListener() {
      @Override
      public void started(Start start) {
        done.set((int) start.stepsDone());
      }

      @Override
      public boolean interrupts() {
        return done.incrementAndGet() == step;
      }
    };
  }
}

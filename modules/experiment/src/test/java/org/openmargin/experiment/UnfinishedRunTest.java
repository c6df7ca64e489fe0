package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.experiment.TrainRequest.Existing;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.trainer.RunListener;

/** Weights of a training that did not come to its end are refused, or marked wherever they go. */
class UnfinishedRunTest {
  private static final RunListener KILLED =
      new RunListener() {
        @Override
        public Verdict validated(Validation validation) {
          throw new IllegalStateException("killed");
        }
      };

  @TempDir Path folder;

  private Run killed() {
    var request = new TrainRequest(folder.resolve("run"), Existing.REFUSE, List.of(KILLED));
    assertThatThrownBy(() -> tiny("training.epochs=3").train(request)).hasMessage("killed");
    return Experiment.open(folder.resolve("run"));
  }

  @Test
  void itIsRefusedWithTheWayOut() {
    var run = killed();
    assertThatThrownBy(run::evaluate)
        .isInstanceOf(RunException.class)
        .hasMessageContainingAll(
            "is not finished",
            "TrainRequest.Existing.RESUME in " + run.files().path(),
            "Run.acceptingUnfinished");
    assertThatThrownBy(() -> run.export(folder.resolve("models")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("is not finished");
    assertThat(run.files().evaluation()).doesNotExist();
    assertThat(folder.resolve("models")).doesNotExist();
  }

  @Test
  void ifItIsAcceptedEverythingSaysSo() throws IOException {
    var run = killed().acceptingUnfinished();
    var report = run.evaluate();
    var reason = "training stopped after epoch 1 of 3";
    assertThat(report.getUnfinished()).isEqualTo(reason);
    assertThat(report.getCheckpoint().getSelection())
        .doesNotContain("last epoch")
        .contains("3 epochs");
    assertThat(Files.readString(run.files().evaluation())).contains(reason);
    assertThat(Files.readString(run.files().report())).contains(reason);
    var model = run.export(folder.resolve("models"));
    assertThat(Files.readString(model.resolve("assets.extra/open_set.json"))).contains(reason);
    assertThat(Files.readString(model.getParent().resolve("README.md")))
        .contains("**Unfinished**", reason);
  }

  @Test
  void aFinishedRunIsNotMarked() throws IOException {
    var run = tiny().train(folder.resolve("run")).acceptingUnfinished();
    var report = run.evaluate();
    assertThat(report.hasUnfinished()).isFalse();
    assertThat(report.getCheckpoint().getSelection()).isEqualTo("last epoch");
    var model = run.export(folder.resolve("models"));
    assertThat(Files.readString(model.resolve("assets.extra/open_set.json")))
        .doesNotContain("unfinished");
    assertThat(Files.readString(model.getParent().resolve("README.md")))
        .doesNotContain("nfinished")
        .doesNotContainPattern("@\\w");
  }

  @Test
  void besideARunningTrainingThatIsSaid() {
    var run = killed();
    var lock = new ProcessLock(run.files().lock());
    lock.holding(
        () -> {
          assertThatThrownBy(run::evaluate)
              .isInstanceOf(RunException.class)
              .hasMessageContaining("a training is running in " + run.files().path());
          assertThat(run.acceptingUnfinished().evaluate().getUnfinished())
              .isEqualTo("training goes on after epoch 1 of 3");
          return true;
        });
  }
}

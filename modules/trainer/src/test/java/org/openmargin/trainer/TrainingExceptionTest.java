package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openmargin.trainer.Checkpoint.Best;
import org.openmargin.trainer.Checkpoint.Losses;

/** What a training that cannot go on says. */
class TrainingExceptionTest {
  @Test
  void tooLittleMemoryNamesTheBatchSizeToTry() {
    var full = new OutOfMemoryError("OOM when allocating tensor with shape[64,64,56,56]\nmore");
    assertThat(TrainingException.ofMemory(64, full))
        .hasMessage(
            "out of memory in a step of 64 images: try training.batch_size=32 (OOM when allocating tensor with shape[64,64,56,56])");
    assertThat(TrainingException.ofMemory(1, full))
        .hasMessageStartingWith("out of memory in a step of 1 images: no smaller batch is left");
  }

  @Test
  void aDivergenceSaysWhatHappenedApartFromWhatToDo() {
    var state = new Checkpoint.State(8, 1, 0.5, new Best(8, 0.5), Losses.NONE);
    var newest = new Checkpoint(Path.of("run/step-8"), state);
    var what = "the loss is NaN or infinite at step 9";
    for (var last : List.of(Optional.of(newest), Optional.<Checkpoint>empty())) {
      var failure = TrainingException.ofDivergence(what, last);
      assertThat(failure.diverged()).isTrue();
      assertThat(failure.what()).isEqualTo("training diverged: " + what);
    }
    assertThat(TrainingException.ofDivergence(what, Optional.of(newest)))
        .hasMessageContaining("the last good checkpoint is run/step-8");
  }
}

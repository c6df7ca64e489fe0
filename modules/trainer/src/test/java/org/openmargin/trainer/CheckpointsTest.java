package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.trainer.Checkpoint.Best;
import org.openmargin.trainer.TrainSettings.Selection;

class CheckpointsTest {
  @TempDir Path folder;
  private Checkpoints checkpoints;

  @BeforeEach
  void open() {
    checkpoints = new Checkpoints(folder.resolve("checkpoints"), 2);
  }

  private Checkpoint write(int step, double accuracy, Best best) {
    return checkpoints.write(
        step,
        target -> {
          try {
            Files.writeString(target.resolve("variables.index"), "weights of " + step);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          return new Checkpoint.State(step, step, accuracy, best.or(step, accuracy));
        });
  }

  @Test
  void theStateIsReadBackAsItWasWritten() {
    var written = write(3, 0.1 + 0.2, Best.NONE);
    assertThat(checkpoints.newest()).contains(written);
    assertThat(Checkpoint.read(written.folder()).state()).isEqualTo(written.state());
  }

  @Test
  void theEarliestOfEqualBestsIsKeptBesideTheNewest() {
    var best = Best.NONE;
    for (var step = 1; step <= 6; step++) {
      best = write(step, step == 2 || step == 5 ? 0.9 : 0.5, best).state().best();
    }
    assertThat(checkpoints.all()).extracting(c -> c.state().step()).containsExactly(2L, 5L, 6L);
    assertThat(checkpoints.selected(Selection.BEST_VALIDATION_ACCURACY).state().step())
        .isEqualTo(2);
    assertThat(checkpoints.selected(Selection.LAST_EPOCH).state().step()).isEqualTo(6);
  }

  @Test
  void aFailedWriteLeavesTheOldCheckpointsAndNothingElse() throws IOException {
    write(1, 0.5, Best.NONE);
    var failure = new TrainingException("no");
    assertThatThrownBy(
            () ->
                checkpoints.write(
                    2,
                    target -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    try (var entries = Files.list(checkpoints.folder())) {
      assertThat(entries.map(p -> p.getFileName().toString())).containsExactly("step-00000001");
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(folder.resolve("checkpoints"), "a file where the folder should be");
    assertThatThrownBy(() -> write(1, 0.5, Best.NONE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("cannot write a checkpoint to " + checkpoints.folder());
  }

  @Test
  void aDamagedStateIsNamed() throws IOException {
    var state = write(1, 0.5, Best.NONE).folder().resolve(Checkpoint.STATE_FILE);
    Files.writeString(state, "step=1\nepoch=one\n");
    assertThatThrownBy(() -> checkpoints.newest())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(
            "step-00000001 cannot be read: state.properties is missing or damaged");
    checkpoints.clear(false);
    assertThat(checkpoints.newest()).isEmpty();
  }

  @Test
  void noCheckpointIsAnError() {
    assertThat(checkpoints.newest()).isEmpty();
    assertThatThrownBy(() -> checkpoints.selected(Selection.LAST_EPOCH))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("there is no checkpoint in " + checkpoints.folder());
  }
}

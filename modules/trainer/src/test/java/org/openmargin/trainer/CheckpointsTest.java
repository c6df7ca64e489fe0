package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.files.Folders;
import org.openmargin.trainer.Checkpoint.Best;
import org.openmargin.trainer.TrainSettings.Selection;

class CheckpointsTest {
  private static final Checkpoint.Losses LOSSES =
      new Checkpoint.Losses(
          12.3, new Checkpoint.Losses.Mark(2, 0.1 + 0.2), new Checkpoint.Losses.Mark(1, 1e-300));

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
          return new Checkpoint.State(step, step, accuracy, best.or(step, accuracy), LOSSES);
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

  /** One bit of one character changed, for every character that is no comment or line end. */
  @Test
  void noChangedBitIsTakenForAState() throws IOException {
    var checkpoint = write(4, 0.5625, Best.NONE);
    var file = checkpoint.folder().resolve(StateFile.NAME);
    var intact = Files.readAllBytes(file);
    var values = new String(intact, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    for (var at = values; at < intact.length; at++) {
      for (var bit = 0; bit < 8; bit++) {
        var changed = intact.clone();
        changed[at] ^= (byte) (1 << bit);
        Files.write(file, changed);
        try {
          assertThat(Checkpoint.read(checkpoint.folder()).state()).isEqualTo(checkpoint.state());
        } catch (TrainingException e) {
          assertThat(e).hasMessageContaining("step-00000004 is damaged: state.properties");
        }
      }
    }
  }

  /** As found by mutation: without a digest, so nothing says that they are what was written. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "step=32\nepoch=5\nvalidation_accuracy=0.5625\nbest_step=32\n",
        "step=32\nepoch=\\u00zz\n",
        "step=1\nepoch=one\n",
        "digest=\n",
        ""
      })
  void aStateWithoutItsDigestIsRefused(String text) throws IOException {
    var written = write(32, 0.5, Best.NONE);
    Files.writeString(written.folder().resolve(StateFile.NAME), text);
    assertThatThrownBy(() -> checkpoints.newest())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("step-00000032 is damaged: state.properties");
    assertThatThrownBy(() -> checkpoints.selected(Selection.LAST_EPOCH))
        .isInstanceOf(TrainingException.class);
    checkpoints.clear(false);
    assertThat(checkpoints.newest()).isEmpty();
  }

  /** As earlier versions wrote them: five entries, and nothing to check the weights by. */
  @Test
  void aCheckpointOfAnEarlierVersionIsNotCalledDamaged() throws IOException {
    var state =
        "step=%d\nepoch=1\nvalidation_accuracy=0.5\nbest_step=1\nbest_validation_accuracy=0.5\n";
    var one = write(1, 0.5, Best.NONE);
    var two = write(2, 0.5, Best.NONE);
    Files.writeString(two.folder().resolve(StateFile.NAME), state.formatted(2));
    assertThatThrownBy(() -> checkpoints.selected(Selection.LAST_EPOCH))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("step-00000002 is of an earlier version of OpenMargin")
        .hasMessageEndingWith("; resuming the training goes on from an intact checkpoint");
    Files.writeString(one.folder().resolve(StateFile.NAME), state.formatted(1));
    assertThatThrownBy(() -> checkpoints.selected(Selection.LAST_EPOCH))
        .hasMessageContaining("use it with that version")
        .hasMessageEndingWith("the training has to start anew");
    assertThatThrownBy(() -> checkpoints.setDamagedAside(notice -> {}))
        .hasMessageContaining("step-00000001 is of an earlier version of OpenMargin");
    assertThat(one.folder()).isDirectory();
  }

  @Test
  void theStateOfAnotherFolderIsRefused() throws IOException {
    var one = write(1, 0.5, Best.NONE);
    var two = write(2, 0.5, Best.NONE);
    Files.copy(
        one.folder().resolve(StateFile.NAME),
        two.folder().resolve(StateFile.NAME),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> checkpoints.newest())
        .hasMessageContaining("step-00000002 is damaged: state.properties is that of step 1");
  }

  @Test
  void otherFoldersAreNoCheckpoints() throws IOException {
    write(1, 0.5, Best.NONE);
    Files.createDirectories(checkpoints.folder().resolve("step-00000001 (copy)"));
    Files.createDirectories(checkpoints.folder().resolve("step-old"));
    assertThat(checkpoints.all()).hasSize(1);
    assertThat(checkpoints.newest().orElseThrow().state().step()).isEqualTo(1);
  }

  @Test
  void changedWeightsAreNotUsed() throws IOException {
    write(1, 0.5, Best.NONE);
    var two = write(2, 0.6, Best.NONE);
    Files.writeString(two.variables().resolveSibling("variables.index"), "weights of 3");
    assertThatThrownBy(() -> checkpoints.selected(Selection.LAST_EPOCH))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("step-00000002 is damaged: variables.index is not what was written")
        .hasMessageEndingWith("; resuming the training goes on from an intact checkpoint");
  }

  @Test
  void damagedOnesAreSetAsideAndTheIntactOneBeforeIsUsed() throws IOException {
    var one = write(1, 0.5, Best.NONE);
    var two = write(2, 0.6, Best.NONE.or(1, 0.5));
    Files.delete(two.variables().resolveSibling("variables.index"));
    var notices = new ArrayList<String>();
    checkpoints.setDamagedAside(notices::add);
    assertThat(notices).hasSize(1);
    assertThat(notices.get(0))
        .contains("step-00000002 is damaged: variables.index is not what was written")
        .contains("it is now called damaged-step-00000002");
    assertThat(checkpoints.newest()).contains(one);
    assertThat(checkpoints.folder().resolve("damaged-step-00000002")).isDirectory();
    checkpoints.setDamagedAside(notices::add);
    assertThat(notices).hasSize(1);
    assertThat(write(2, 0.6, Best.NONE).state().step()).isEqualTo(2);
  }

  @Test
  void ifAllAreDamagedNothingIsRenamed() throws IOException {
    var one = write(1, 0.5, Best.NONE);
    Files.delete(one.folder().resolve(StateFile.NAME));
    assertThatThrownBy(() -> checkpoints.setDamagedAside(notice -> {}))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("no checkpoint is intact: ")
        .hasMessageContaining("state.properties is missing");
    assertThat(one.folder()).isDirectory();
  }

  @Test
  void theBestOfThoseThatAreLeftReplacesALostOne() throws IOException {
    write(1, 0.9, Best.NONE);
    write(2, 0.5, new Best(1, 0.9));
    var newest = write(3, 0.7, new Best(1, 0.9));
    assertThat(checkpoints.best(newest.state())).isEqualTo(new Best(1, 0.9));
    Folders.delete(checkpoints.folder().resolve("step-00000001"));
    assertThat(checkpoints.best(newest.state())).isEqualTo(new Best(3, 0.7));
  }

  @Test
  void theCheckpointOfAnInterruptionGoesWithTheNextOne() {
    write(1, 0.9, Best.NONE);
    var interrupted = write(2, Double.NaN, new Best(1, 0.9));
    assertThat(interrupted.state().isValidated()).isFalse();
    assertThat(interrupted.state().best()).isEqualTo(new Best(1, 0.9));
    assertThat(checkpoints.newest()).contains(interrupted);
    write(3, 0.5, interrupted.state().best());
    assertThat(checkpoints.all()).extracting(c -> c.state().step()).containsExactly(1L, 3L);
  }

  @Test
  void pruningKeepsWhatEvaluationAndResumeNeed() {
    var best = Best.NONE;
    for (var step = 1; step <= 4; step++) {
      best = write(step, step == 2 ? 0.9 : 0.5, best).state().best();
    }
    assertThat(checkpoints.prune(Selection.BEST_VALIDATION_ACCURACY, false))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("step-00000003");
    assertThat(checkpoints.prune(Selection.BEST_VALIDATION_ACCURACY, true))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("step-00000004");
    assertThat(checkpoints.all()).extracting(c -> c.state().step()).containsExactly(2L);
  }

  @Test
  void noCheckpointIsAnError() {
    assertThat(checkpoints.newest()).isEmpty();
    assertThatThrownBy(() -> checkpoints.selected(Selection.LAST_EPOCH))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("there is no checkpoint in " + checkpoints.folder());
  }
}

package org.openmargin.benchmark.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.benchmark.Schedule;
import org.openmargin.benchmark.TrialSettings;
import org.openmargin.config.Experiments;
import org.openmargin.config.text.ConfigException;
import org.openmargin.data.DataSource;
import org.openmargin.data.Dataset;
import org.openmargin.data.Images;
import org.openmargin.data.LabeledImages;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.folder.RunException;

/** Tiny networks on drawn cells. */
class RehearsalTest {
  private static final Path TINY =
      Path.of("../../proto/experiments/synthetic/tiny.textproto").toAbsolutePath().normalize();

  private static final String GRID =
      """
      training { name: "turns" set: "training.augmentation.rotate_90=true" }
      training { name: "none" }
      scoring { name: "own" }
      scoring { name: "near" set: "scoring.selected=KNN" }
      scoring { name: "impossible" set: "scoring.selected=LAYER_GAUSSIAN" set: "scoring.features={ maps: 'nowhere' }" }
      views { name: "1" }
      views { name: "2" set: "scoring.views=MIRRORED" }
      """;

  @TempDir private Path folder;

  private Path grid;

  @BeforeEach
  void writeGrid() throws IOException {
    grid = Files.writeString(folder.resolve("grid.textproto"), GRID);
  }

  private Rehearsal rehearsal(String work, String... overrides) {
    return rehearsal(1, work, overrides);
  }

  private Rehearsal rehearsal(int folds, String work, String... overrides) {
    var all = new ArrayList<>(List.of("training.epochs=1", "runtime.deterministic=true"));
    all.add("data.synthetic_cells.train_images_per_class=100");
    all.addAll(List.of(overrides));
    var request = new RehearsalRequest(TINY, all, Optional.of(grid), List.of(), List.of(3L), folds);
    return Rehearsal.read(request).in(folder.resolve(work));
  }

  private static List<String> run(Rehearsal rehearsal, UnaryOperator<Experiment> parts)
      throws InterruptedException {
    var lines = new ArrayList<String>();
    var settings = new TrialSettings(Schedule.DEFAULT, false, t -> List.of(), parts);
    var trials = rehearsal.trials();
    trials.run(trials.inThisProcess(settings), new Schedule(1, 0, false, false), lines::add);
    return lines;
  }

  private static Experiment silent(Experiment experiment) {
    return experiment.withNotices(notice -> {});
  }

  @Test
  void theChosenExperimentIsWholeAndNothingIsTrainedTwice() throws Exception {
    var rehearsal = rehearsal(2, "work").checked(RehearsalTest::silent);
    assertThat(rehearsal.cost())
        .contains("ways of training: 2 x folds: 2 x seeds: 1 = trainings: 4");
    assertThatThrownBy(rehearsal::result).isInstanceOf(RunException.class);
    assertThat(run(rehearsal, RehearsalTest::silent))
        .filteredOn(l -> l.endsWith(": started"))
        .hasSize(4);
    assertThat(run(rehearsal(2, "work"), RehearsalTest::silent)).isEmpty();
    var result = rehearsal.result();
    // Two ways of training, two ways of scoring that are possible, two kinds of views.
    assertThat(result.rows()).hasSize(8);
    assertThat(result.remarks())
        .anyMatch(r -> r.contains("'impossible, 1'") && r.contains("nowhere"));
    assertThat(result.design()).contains("Of 4 known classes, 2 were held out one at a time");
    var file = folder.resolve("chosen.textproto");
    result.write(file, false);
    var chosen = Experiments.read(file, List.of());
    assertThat(chosen.getData().hasRehearsal()).isFalse();
    assertThat(chosen.getData().getKnownClassesList()).containsExactly(0, 2, 4, 6);
    var row = result.rows().get(result.chosen());
    assertThat(row.note()).isEqualTo("chosen");
    assertThat(chosen.getTraining().getAugmentation().getRotate90())
        .isEqualTo(row.training().equals("turns"));
    assertThat(result.json()).contains("\"dataSha256\"", "\"foreignRejected\"");
    result.write(file, false);
    Files.writeString(file, "mine");
    assertThatThrownBy(() -> result.write(file, false))
        .isInstanceOf(RunException.class)
        .hasMessageContainingAll("chosen.textproto exists", "--force");
    result.write(file, true);
    assertThat(file).hasContent(result.experiment());
  }

  @Test
  void otherScoringsAreMeasuredWithoutTraining() throws Exception {
    var settings = new TrialSettings(Schedule.DEFAULT, true, t -> List.of(), RehearsalTest::silent);
    var first = rehearsal("work");
    first.trials().run(first.trials().inThisProcess(settings), Schedule.DEFAULT, line -> {});
    var run = folder.resolve("work/runs/turns/" + first.trial(0).path().getFileName());
    var trained = Files.getLastModifiedTime(run.resolve("provenance.json"));
    Files.writeString(grid, GRID.replace("KNN", "MAHALANOBIS"));
    var other = rehearsal("work");
    assertThat(other.isComplete()).isFalse();
    assertThat(run(other, RehearsalTest::silent))
        .filteredOn(l -> l.endsWith(": started"))
        .hasSize(2);
    assertThat(other.isComplete()).isTrue();
    assertThat(Files.getLastModifiedTime(run.resolve("provenance.json"))).isEqualTo(trained);
  }

  /** The set's own test images and unknown classes may be anything. */
  @Test
  void testImagesAndUnknownClassesChangeNothing() throws Exception {
    String[] custom = {"data.custom.name=mine"};
    var figures = new ArrayList<List<RehearsalResult.Row>>();
    for (var spoilt : List.of(false, true)) {
      var rehearsal = rehearsal("spoilt-" + spoilt, custom);
      UnaryOperator<Experiment> parts =
          e -> silent(e).withDataSource("mine", parameters -> source(spoilt));
      run(rehearsal, parts);
      figures.add(rehearsal.result().rows());
    }
    assertThat(figures.get(1)).isEqualTo(figures.get(0));
  }

  private static DataSource source(boolean spoilt) {
    var cells = new SyntheticCells(new SyntheticCells.Settings(16, 100, 16, 4, 0));
    return spoilt ? () -> spoilt(cells.load()) : cells;
  }

  /** All that a rehearsal must not see is black. */
  private static Dataset spoilt(Dataset set) {
    var known = List.of(0, 2, 4, 6);
    return new Dataset(
        set.name(),
        set.classNames(),
        spoilt(set.train(), known),
        spoilt(set.validation(), known),
        spoilt(set.test(), List.of()),
        set.digest());
  }

  private static LabeledImages spoilt(LabeledImages part, List<Integer> kept) {
    var images = part.images();
    return new LabeledImages(
        Images.from(
            images.shape(),
            images.count(),
            (index, target, offset) -> {
              if (kept.contains(part.labels()[index])) {
                images.copyTo(index, target, offset);
              } else {
                Arrays.fill(target, offset, offset + images.bytesPerImage(), (byte) 0);
              }
            }),
        part.labels(),
        part.ids());
  }

  @Test
  void ofTwoClassesBlendsPoseAsUnknown() throws Exception {
    var rehearsal = rehearsal("two", "data.known_classes=[0, 4]").checked(RehearsalTest::silent);
    run(rehearsal, RehearsalTest::silent);
    var result = rehearsal.result();
    assertThat(result.rows()).hasSize(8);
    assertThat(result.design()).contains("none could be held out: blends of an image of each");
  }

  @Test
  void whatCannotWorkIsSaidBeforeTraining() {
    assertThatThrownBy(() -> rehearsal("w", "data.rehearsal={classes: [0, 2, 4, 6, 7]}"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("remove data.rehearsal");
    var few = rehearsal("w", "data.synthetic_cells.train_images_per_class=9");
    assertThatThrownBy(() -> few.checked(RehearsalTest::silent))
        .isInstanceOf(RunException.class)
        .hasMessageContainingAll("9 training and 16 validation images", "at least 10");
    var strict = rehearsal("w", "export.alpha=0.01");
    assertThatThrownBy(() -> strict.checked(RehearsalTest::silent))
        .isInstanceOf(RunException.class)
        .hasMessageContainingAll("has 30 known validation images", "needs at least 99");
    assertThatThrownBy(() -> rehearsal("w", "data.known_classes=[3]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("known_classes");
  }

  @Test
  void wrongCandidatesAreNamed() throws IOException {
    Files.writeString(grid, GRID.replace("=KNN", "=KNM"));
    assertThatThrownBy(() -> rehearsal("w"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("candidate's \"scoring.selected=KNM\"", "KNN");
  }
}

package org.openmargin.config.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.Experiments;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.v1.CandidateGrid;
import org.openmargin.config.v1.CandidateGrid.Candidate;

class CandidateGridsTest {
  private static final CandidateGrid STANDARD = CandidateGrids.standard();

  @TempDir private Path folder;

  @Test
  void everyCombinationOfTheStandardGridIsAValidExperiment() {
    for (var training : STANDARD.getTrainingList()) {
      for (var scoring : STANDARD.getScoringList()) {
        for (var views : STANDARD.getViewsList()) {
          var set = new ArrayList<String>(training.getSetList());
          set.addAll(scoring.getSetList());
          set.addAll(views.getSetList());
          assertThat(Experiments.parse(Experiments.quickstart(), "quickstart", set)).isNotNull();
        }
      }
    }
  }

  @Test
  void furtherCandidatesAreWaysOfTrainingUnlessTheyChangeOnlyScoring() {
    var grid =
        CandidateGrids.with(
            STANDARD,
            List.of(
                "long: training.epochs=60; loss.omcl.margin=0.2",
                "far: scoring.selected=KNN; scoring.knn_neighbours=5"));
    assertThat(grid.getTrainingList()).last().extracting(Candidate::getName).isEqualTo("long");
    assertThat(grid.getTraining(2).getSetList())
        .containsExactly("training.epochs=60", "loss.omcl.margin=0.2");
    assertThat(grid.getScoringList()).last().extracting(Candidate::getName).isEqualTo("far");
  }

  @Test
  void wrongCandidatesAreRefused() {
    assertThatThrownBy(() -> CandidateGrids.with(STANDARD, List.of("training.epochs=60")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be NAME: PATH=VALUE");
    assertThatThrownBy(() -> CandidateGrids.with(STANDARD, List.of("kNN: scoring.selected=KNN")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("two candidates of scoring are named 'kNN'");
    assertThatThrownBy(
            () -> CandidateGrids.with(STANDARD, List.of("test: data.known_classes=[0,1]")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'data.known_classes=[0,1]' is none of what");
  }

  @Test
  void problemsOfAFileAreShownAtTheirLine() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("grid.textproto"),
            """
            training { name: "a" }
            scoring { name: "b" set: "training.epochs=3" }
            """);
    assertThatThrownBy(() -> CandidateGrids.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("grid.textproto:2", "'training.epochs=3' is none of what");
  }
}

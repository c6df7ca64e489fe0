package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.ScoringConfig;

/** One run under several ways of scoring. */
class RunCompareTest {
  @TempDir Path folder;

  private static ScoringConfig scoring(String... overrides) {
    return tiny(overrides).config().getScoring();
  }

  private static EvaluationReport report(ScoringOutcome outcome) {
    assertThat(outcome).isInstanceOf(ScoringOutcome.Evaluated.class);
    return ((ScoringOutcome.Evaluated) outcome).report();
  }

  /** The decision, metrics and foreign images of an evaluation with that scorer. */
  @Test
  void eachWayOfScoringGivesWhatItsOwnEvaluationGives() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    String[] near = {"scoring.selected=KNN", "scoring.views=MIRRORED"};
    String[] layers = {"scoring.selected=LAYER_GAUSSIAN", "scoring.features={ maps: 'stage2' }"};
    var before = files();
    var outcomes = run.compare(List.of(scoring(), scoring(near), scoring(layers)));
    assertThat(files()).as("nothing is written").isEqualTo(before);
    assertThat(report(outcomes.get(0)).getDecision()).isEqualTo(run.evaluate().getDecision());
    for (var i = 1; i < 3; i++) {
      var alone = Experiment.open(folder.resolve("run"), i == 1 ? near : layers).evaluate();
      var compared = report(outcomes.get(i));
      assertThat(compared.getSelectedScorer()).isEqualTo(alone.getSelectedScorer());
      assertThat(compared.getAuroc()).isEqualTo(alone.getAuroc());
      assertThat(compared.getDecision()).isEqualTo(alone.getDecision());
      assertThat(compared.getForeignList()).isEqualTo(alone.getForeignList());
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.sorted().toList();
    }
  }

  @Test
  void whatTheNetworkLacksIsRefusedAlone() {
    var run = tiny().train(folder.resolve("run"));
    var outcomes = run.compare(List.of(scoring("scoring.features={ maps: 'nowhere' }"), scoring()));
    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            ScoringOutcome.Refused.class, r -> assertThat(r.reason()).contains("'nowhere'"));
    assertThat(report(outcomes.get(1)).getForeignList()).isNotEmpty();
  }
}

package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.wiring.ScorerChoice;
import org.openmargin.report.EvaluationText;

/** Which scorers an evaluation reports, and on which images. */
class RunEvaluationTest {
  @TempDir Path folder;

  @Test
  void everyScorerThatTheHeadAllowsIsReportedWhenAsked() throws IOException {
    var run = tiny().train(folder.resolve("run"));
    var usual = run.evaluate();
    var all = run.evaluate(ScorerChoice.parse("All"));
    assertThat(names(all))
        .containsExactly(
            "max_probability_open",
            "max_probability_closed",
            "max_logit",
            "energy",
            "max_cosine",
            "entropy",
            "prototype_distance",
            "mahalanobis",
            "relative_mahalanobis",
            "knn",
            "vim",
            "openmax",
            "react",
            "gen",
            "odin",
            "gaussian_density",
            "nnguide",
            "layer_gaussian",
            "combination",
            "layer_knn",
            "layer_vim");
    assertThat(all.toBuilder().clearScorers().build())
        .as("which scorer decides, and how, does not depend on what else is reported")
        .isEqualTo(usual.toBuilder().clearScorers().build());
    assertThat(all.getScorersList()).containsAll(usual.getScorersList());
    assertThat(Files.readString(run.files().predictions())).contains(",knn,vim,openmax,react,gen,");
    assertThat(Files.readString(run.files().report()))
        .contains("<code>relative_mahalanobis</code>");
    assertThat(names(run.evaluate(ScorerChoice.parse("knn, Odin,KNN"))))
        .containsExactly("knn", "odin", "max_probability_open");
  }

  private static List<String> names(EvaluationReport report) {
    return report.getScorersList().stream().map(scorer -> scorer.getName()).toList();
  }

  @Test
  void aFittedScorerDecidesAndIsExported() {
    tiny("loss.softmax={}").train(folder.resolve("run"));
    var run = Experiment.open(folder.resolve("run"), "scoring.selected=VIM");
    var report = run.evaluate(ScorerChoice.parse("all"));
    assertThat(report.getSelectedScorer()).isEqualTo("vim");
    assertThat(names(report))
        .contains("react")
        .doesNotContain("max_cosine", "max_probability_open");
    for (var scorer : List.of("VIM", "NNGUIDE")) {
      var decided = Experiment.open(folder.resolve("run"), "scoring.selected=" + scorer);
      decided.evaluate();
      var model = decided.export(folder.resolve("savedmodels"));
      assertThat(model.resolve("assets.extra/open_set.json"))
          .content()
          .contains("\"name\": \"" + scorer.toLowerCase(Locale.ROOT) + "\"");
    }
  }

  /** 128 training images in eight views are 1,024 passes. */
  @Test
  void scorersAreFittedInAsManyPassesAsTheExperimentAllows() {
    var notices = new ArrayList<String>();
    tiny().train(folder.resolve("run"));
    var all = fitted("1024", notices).evaluate();
    assertThat(all.getCounts().getTrain()).isEqualTo(128);
    assertThat(all.getCounts().hasFitted()).isFalse();
    assertThat(notices).isEmpty();

    var twoViews = fitted("256", notices).evaluate();
    assertThat(twoViews.getCounts().hasFitted()).isFalse();
    assertThat(notices)
        .containsExactly(
            "scorers are fitted to 128 of 128 training images in 2 of 8 views (scoring.fit_passes)");
    assertThat(twoViews.getThresholds(0).getThreshold())
        .isNotEqualTo(all.getThresholds(0).getThreshold());
    assertThat(twoViews.getAcc()).as("only scorers are fitted").isEqualTo(all.getAcc());

    notices.clear();
    var run = fitted("64", notices);
    assertThat(run.evaluate().getCounts().getFitted()).isEqualTo(64);
    // The export fits them again, to the same images, and proves it.
    var model = run.export(folder.resolve("savedmodels"));
    assertThat(model.resolveSibling("MODEL_CARD.md"))
        .content()
        .contains("| of these, to fit the scorers | 64 |");
    assertThat(notices)
        .contains(
            "scorers are fitted to 64 of 128 training images in 1 of 8 views (scoring.fit_passes)");
  }

  private Run fitted(String passes, List<String> notices) {
    var run =
        Experiment.open(
            folder.resolve("run"),
            "scoring.selected=KNN",
            "scoring.features={ views: DIHEDRAL }",
            "scoring.views=DIHEDRAL",
            "scoring.fit_passes=" + passes);
    return run.with(
        experiment ->
            experiment.withNotices(
                notice -> {
                  if (notice.startsWith("scorers")) {
                    notices.add(notice);
                  }
                }));
  }

  /** Features of a stage and of the pixels, the embedding of one view and the features of two. */
  @Test
  void aCombinationDecidesAndIsExported() {
    tiny().train(folder.resolve("run"));
    var run =
        Experiment.open(
            folder.resolve("run"),
            "scoring.selected=COMBINATION",
            "scoring.features={ maps: 'stage1' stain_statistics {} views: MIRRORED }",
            "scoring.similarity={ features: 'stage1' }");
    var report = run.evaluate();
    assertThat(names(report)).last().isEqualTo("combination");
    assertThat(report.getThresholds(0).getValidationImages())
        .isEqualTo(report.getCounts().getValidation() / 2);
    assertThat(report.getDecision().hasGuard()).isTrue();
    assertThat(report.getForeignList()).hasSizeGreaterThan(10);
    assertThat(run.export(folder.resolve("savedmodels")).resolve("assets.extra/open_set.json"))
        .content()
        .contains(
            "sum of -log p of own, stage1, stain",
            "the features stage1, whose covariance over the training images",
            "input_is_unusual unless this score <= threshold");
    assertThatThrownBy(
            () ->
                Experiment.open(folder.resolve("run"), "scoring.similarity={ features: 'stage9' }")
                    .evaluate())
        .hasMessageContaining(
            "scoring.similarity.features: there is no feature 'stage9'; scoring.features has stem");
    assertThatThrownBy(
            () ->
                Experiment.open(
                        folder.resolve("run"),
                        "scoring.selected=COMBINATION",
                        "scoring.features.maps=stage9")
                    .evaluate())
        .hasMessageContaining(
            "scoring.features: the backbone has no feature map 'stage9'; it has stem, stage1, stage2");
  }

  @Test
  void aRehearsalUsesOnlyKnownTrainingAndValidationImages() {
    var cells =
        "data.synthetic_cells={ train_images_per_class: 100 validation_images_per_class: 7 }";
    var classes = new String[] {"data.known_classes=0,2", "data.rehearsal={ classes: [0, 2, 5] }"};
    var run = tiny(cells, classes[0], classes[1]).train(folder.resolve("run"));
    var report = run.evaluate();
    assertThat(report.getUnknownClassesList()).hasSize(1);
    var counts = report.getCounts();
    assertThat(counts.getTrain()).isEqualTo(2 * 90);
    assertThat(counts.getValidation()).isEqualTo(2 * 10);
    assertThat(counts.getKnownTest()).isEqualTo(2 * 7);
    assertThat(counts.getUnknownTest()).isEqualTo(7);
    assertThat(EvaluationText.lines(report).get(0)).startsWith("a rehearsal: validation images");
    assertThat(folder.resolve("run/report.html"))
        .content()
        .contains("a rehearsal: validation images stand in for test images");
  }

  @Test
  void scorersThatTheHeadCannotHaveAreRefusedWhenNamed() {
    var run = tiny("loss.gcpl={}").train(folder.resolve("run"));
    assertThat(names(run.evaluate(ScorerChoice.parse("all")))).doesNotContain("vim", "react");
    assertThatThrownBy(() -> run.evaluate(ScorerChoice.parse("react")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(
            "react needs a dense or a cosine head; the logits of this one are neither");
    assertThatThrownBy(() -> run.evaluate(ScorerChoice.parse("max_cosine")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("max_cosine needs a cosine head");
    assertThatThrownBy(() -> ScorerChoice.parse("knn,mahalonobis"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(
            "there is no scorer 'mahalonobis' (did you mean 'mahalanobis'?); give all, or a comma-separated list of max_prob")
        .hasMessageContaining("relative_mahalanobis, knn, vim");
    assertThatThrownBy(() -> ScorerChoice.parse("")).hasMessageContaining("no scorer ''");
  }
}

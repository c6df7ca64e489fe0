package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.v1.EvaluationReport;

/** A folder with something missing or damaged gives one error: what, where, what to do. */
class EvaluatedRunTest {
  @TempDir private Path folder;
  private EvaluatedRun run;

  @BeforeEach
  void evaluate() {
    run =
        ExampleEvaluation.in(
            folder, List.of("cat", "dog"), "max_probability_open", ExampleEvaluation.Sizes.SMALL);
  }

  @Test
  void theFilesGiveWhatTheEvaluationFound() {
    assertThat(run.answers()).hasSize(70);
    assertThat(run.answers().stream().filter(TestAnswer::isKnown)).hasSize(40);
    assertThat(run.epochs())
        .hasSize(3)
        .contains(new TrainingLog.Epoch(2, 360, 1.5, 0.9375, OptionalDouble.empty()));
    assertThat(run.threshold().getAlpha()).isEqualTo(0.05);
    assertThat(run.evaluation().getUnattainableAlphasList()).containsExactly(0.01, 0.001);
    var scores = TestAnswer.unknownScores(run.answers());
    assertThat(scores.known()).hasSize(40);
    assertThat(scores.unknown()).hasSize(30);
  }

  @Test
  void noFolder() {
    var missing = folder.resolve("missing");
    assertThatThrownBy(() -> EvaluatedRun.read(missing))
        .isInstanceOf(ReportException.class)
        .hasMessage("there is no run folder " + missing);
  }

  @Test
  void aRunWithoutEvaluationIsToBeEvaluatedFirst() throws IOException {
    Files.delete(run.files().evaluation());
    fails(folder + " has no evaluation.json; evaluate it first: " + remedy());
  }

  private String remedy() {
    return "Experiment.open(\"%s\").evaluate()".formatted(folder);
  }

  @Test
  void anEvaluationThatIsNotJson() throws IOException {
    Files.writeString(run.files().evaluation(), "{\"acc\": 0.5");
    fails(run.files().evaluation() + " is damaged: it ends in the middle; evaluate");
    Files.writeString(run.files().evaluation(), "");
    fails(run.files().evaluation() + " is damaged: it is empty; evaluate");
    fails("; evaluate the run again: " + remedy());
  }

  @Test
  void anEvaluationWithoutAFieldThatIsShown() throws IOException {
    change(evaluation -> evaluation.clearEce());
    fails(run.files().evaluation() + " has no ece; evaluate the run again");
    change(
        evaluation -> {
          evaluation.getDecisionBuilder().clearMacroF1();
          return evaluation;
        });
    fails(run.files().evaluation() + " has no decision.macroF1;");
    change(
        evaluation -> {
          evaluation.getThresholdsBuilder(0).clearRejectionBound();
          return evaluation;
        });
    fails(run.files().evaluation() + " has no thresholds.rejectionBound;");
  }

  @Test
  void anEvaluationWithoutIntervalsIsShownWithoutThem() throws IOException {
    change(evaluation -> evaluation.clearIntervals().clearBootstrap());
    assertThat(EvaluationHtml.render(EvaluatedRun.read(folder)))
        .contains("known images classified");
  }

  @Test
  void aMissingSelection() throws IOException {
    change(evaluation -> evaluation.setSelectedScorer("knn"));
    fails("evaluation.json selects 'knn', which is not among its scorers");
    change(
        evaluation -> {
          evaluation.getDecisionBuilder().setAlpha(0.3);
          return evaluation;
        });
    fails("evaluation.json decides at alpha 0.3, for which it has no threshold");
  }

  @Test
  void noPredictions() throws IOException {
    Files.delete(run.files().predictions());
    fails(
        run.files().predictions()
            + " cannot be read: there is no such file or folder; evaluate the run again");
  }

  @Test
  void predictionsWithoutAColumn() throws IOException {
    rewrite(text -> text.replaceFirst("is_unknown", "rejected"));
    fails(
        "it must have the columns [id, label, true_class, prediction, unknown_score, is_unknown]; it has");
  }

  @Test
  void predictionsWithAnInvalidValue() throws IOException {
    rewrite(text -> text.replaceFirst("test/1,\\d", "test/1,7"));
    fails("predictions.csv is damaged: line 3: class 7 is not one of 2; evaluate");
    rewrite(text -> text.replaceFirst("test/1,\\d", "test/1,x"));
    fails("line 3: For input string: \"x\"");
    rewrite(text -> text.replaceFirst(",(true|false),", ",maybe,"));
    fails("line 2: is_unknown must be true or false; got maybe");
    rewrite(text -> text.replaceFirst("(,[^,\n]*)\n$", "\n"));
    fails("predictions.csv is damaged: Record 71 ");
    rewrite(text -> "\"" + text);
    fails("predictions.csv is damaged: Unclosed quoted field ");
  }

  @Test
  void predictionsThatAreNotUtf8() throws IOException {
    Files.write(run.files().predictions(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    fails("predictions.csv is damaged: it is not UTF-8 text; evaluate");
  }

  @Test
  void predictionsOfAnotherEvaluation() throws IOException {
    rewrite(text -> text.replaceFirst("\n[^\n]*\n$", "\n"));
    fails("has 40 known and 29 unknown test images; evaluation.json has 40 and 30; evaluate");
    rewrite(text -> text.replace(",true,", ",false,"));
    fails("predictions.csv rejects other images than evaluation.json");
  }

  @Test
  void scoresOfAnotherEvaluation() throws IOException {
    var file = run.files().evaluation();
    var auroc = run.evaluation().getAuroc();
    Files.writeString(
        file, Files.readString(file).replace("\"auroc\": " + auroc, "\"auroc\": 0.123"));
    fails("predictions.csv gives another ACC or AUROC than evaluation.json");
  }

  @Test
  void provenanceThatIsMissingOrDamaged() throws IOException {
    Files.writeString(run.files().provenance(), "[]");
    fails("provenance.json is damaged: ");
    Files.delete(run.files().provenance());
    fails("provenance.json cannot be read: there is no such file or folder; training writes this");
  }

  @Test
  void metricsThatAreDamagedAreNamedByLine() throws IOException {
    var metrics = Files.readString(run.files().metrics());
    Files.writeString(
        run.files().metrics(), metrics.replace("\"loss\":1.5,", "\"loss\":\"high\","));
    fails("is damaged: a number is wrong: ");
    Files.writeString(run.files().metrics(), metrics.replace("\"loss\":1.5,", ""));
    fails(run.files().metrics() + ":4 is damaged: ");
    Files.writeString(run.files().metrics(), metrics + "{\"kind\":\n");
    fails(run.files().metrics() + ":6 is damaged: ");
  }

  @Test
  void aLineOfMetricsThatWasCutOffDoesNotCount() throws IOException {
    var metrics = Files.readString(run.files().metrics());
    Files.writeString(run.files().metrics(), metrics + "{\"kind\":\"vali");
    assertThat(EvaluatedRun.read(folder).epochs()).hasSize(3);
  }

  private void change(UnaryOperator<EvaluationReport.Builder> change) throws IOException {
    var changed = change.apply(run.evaluation().toBuilder()).build();
    Files.writeString(run.files().evaluation(), ExampleEvaluation.json(changed));
  }

  /** Changes the text of the written predictions. */
  private void rewrite(UnaryOperator<String> change) throws IOException {
    evaluate();
    var before = Files.readString(run.files().predictions());
    var after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(run.files().predictions(), after);
  }

  private void fails(String message) {
    assertThatThrownBy(() -> EvaluatedRun.read(folder))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining(message);
  }
}

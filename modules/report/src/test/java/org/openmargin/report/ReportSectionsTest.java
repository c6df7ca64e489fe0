package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.openmargin.report.EvaluationHtmlTest.elements;
import static org.openmargin.report.EvaluationHtmlTest.parse;
import static org.openmargin.report.EvaluationHtmlTest.texts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.Experiments;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.report.plot.FailurePicture;
import org.openmargin.report.plot.Numbers;

class ReportSectionsTest {
  private static final String NOT_MEASURED = "not measured: no unknown test images";

  @TempDir private Path folder;

  private EvaluatedRun run(int validation, int known, int unknown) {
    return ExampleEvaluation.in(
        folder,
        List.of("cat", "dog"),
        "max_probability_open",
        new ExampleEvaluation.Sizes(validation, known, unknown));
  }

  private EvaluatedRun changed(EvaluatedRun run, EvaluationReport.Builder evaluation)
      throws IOException {
    Files.writeString(run.files().evaluation(), ExampleEvaluation.json(evaluation.build()));
    return EvaluatedRun.read(folder);
  }

  @Test
  void everyThresholdShowsItsSharesOfTheTestImages() throws Exception {
    var run = run(60, 40, 30);
    var cells = texts(parse(EvaluationHtml.render(run)), "td");
    for (var threshold : run.thresholds()) {
      var rejected =
          run.answers().stream().filter(a -> a.unknownScore() > threshold.getThreshold());
      var known = rejected.filter(TestAnswer::isKnown).count();
      assertThat(threshold.getKnownRejectionRate()).isEqualTo(known / 40.0);
      assertThat(cells).contains(Numbers.perCent(known / 40.0));
    }
    var scorer = run.scorers().get(0);
    assertThat(scorer.name()).isEqualTo("max_probability_open");
    assertThat(scorer.unknownRejected())
        .hasValue(run.evaluation().getDecision().getUnknownRejectionRate());
  }

  @Test
  void withoutUnknownImagesEveryOpenSetSectionSaysSo() throws Exception {
    var run = run(60, 40, 0);
    var html = EvaluationHtml.render(run);
    var document = parse(html);
    assertThat(html).doesNotContain("NaN").doesNotContain("Infinity");
    assertThat(html.split("(?i)" + NOT_MEASURED, -1).length).isGreaterThan(5);
    assertThat(texts(document, "h2")).contains("ROC, and CCR against FPR");
    assertThat(texts(document, "dd")).contains("none");
    assertThat(texts(document, "li")).anyMatch(text -> text.contains("openmargin rehearse"));
  }

  @Test
  void theF1OfTheClassesHasTheReportedMean() {
    var run = run(60, 300, 200);
    var rows = new ClassTable(run).rows();
    assertThat(rows)
        .extracting(ClassTable.Row::name)
        .startsWith("cat", "dog", "all unknown classes", "basophil");
    var mean = rows.stream().flatMapToDouble(row -> row.f1().stream()).average().getAsDouble();
    assertThat(mean).isCloseTo(run.evaluation().getDecision().getMacroF1(), within(1e-12));
    var unknown = rows.get(2);
    assertThat(unknown.recall()).hasValue(run.evaluation().getDecision().getUnknownRejectionRate());
    assertThat(rows.get(3).auroc())
        .hasValue(run.evaluation().getScorers(0).getAurocByUnknownClass(0));
  }

  @Test
  void aTableOfClassesCountsTheImagesOfEachSplit() throws Exception {
    var run = run(60, 40, 30);
    var evaluation = run.evaluation().toBuilder();
    evaluation.getCountsBuilder().addAllTrainByClass(List.of(3111, 1889));
    evaluation.getCountsBuilder().addAllValidationByClass(List.of(37, 23));
    assertThat(texts(parse(EvaluationHtml.render(run)), "th")).doesNotContain("training images");
    var document = parse(EvaluationHtml.render(changed(run, evaluation)));
    assertThat(texts(document, "th")).contains("training images");
    assertThat(texts(document, "td")).contains("3,111", "1,889", "37", "23");
  }

  @Test
  void warningsNameWhatMakesFiguresDoubtful() throws Exception {
    var few = new Warnings(run(60, 40, 30)).sentences();
    assertThat(few)
        .anyMatch(s -> s.startsWith("The threshold rests on 60 images"))
        .contains("Only 40 images of known classes for the test.")
        .contains("Only 30 images of unknown classes for the test.")
        .last()
        .asString()
        .startsWith("One training with one seed");
    assertThat(new Warnings(run(1000, 300, 200)).sentences()).hasSize(1);
    var run = run(1000, 300, 200);
    var unfinished = run.evaluation().toBuilder().setUnfinished("training stopped at epoch 2 of 9");
    assertThat(new Warnings(changed(run, unfinished)).sentences().get(0))
        .startsWith("Unfinished: training stopped at epoch 2 of 9.");
    var killed = run.provenance().toBuilder().clearFinished().build();
    Files.writeString(run.files().provenance(), ExampleEvaluation.json(killed));
    changed(run, run.evaluation().toBuilder());
    assertThat(new Warnings(EvaluatedRun.read(folder)).sentences().get(0))
        .startsWith("Unfinished: training had not ended at epoch 3.");
  }

  @Test
  void theExperimentIsShownWithoutItsFolders() throws Exception {
    var text =
        Files.readString(Path.of("../../proto/experiments/folder/omcl.textproto"))
            .replaceFirst("path: *\"[^\"]*\"", "path: \"/home/anna/secret place/cells\"");
    var settings = new RunSettings(Experiments.parse(text, "e", List.of())).table();
    assertThat(settings).containsKeys("loss", "backbone", "images", "data", "training", "seed");
    assertThat(settings.get("data")).contains("folder").contains("path cells");
    assertThat(settings.toString()).doesNotContain("anna").doesNotContain("secret");
    assertThat(settings.get("loss")).startsWith("omcl: ").contains("target margin");
  }

  @Test
  void aRunWithoutItsExperimentIsShownAndSaysSo() throws IOException {
    var run = run(60, 40, 30);
    for (var text : List.of("", "name: \"x\" nonsense: 1")) {
      Files.writeString(run.files().experiment(), text);
      var read = EvaluatedRun.read(folder);
      assertThat(read.experiment()).isEmpty();
      assertThat(new Warnings(read).sentences()).anyMatch(s -> s.contains("experiment.textproto"));
    }
  }

  @Test
  void logitsOfAnotherEvaluationAreNoticed() throws IOException {
    var run = run(60, 40, 30);
    var other = run.evaluation().toBuilder().setEce(run.evaluation().getEce() + 0.01);
    assertThatThrownBy(() -> changed(run, other))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("gives another ECE than evaluation.json");
  }

  @Test
  void scoresThatAreNoNumbersAreDamage() throws IOException {
    var run = run(60, 40, 30);
    var file = run.files().predictions();
    var lines = new ArrayList<>(Files.readAllLines(file));
    var column = List.of(lines.get(0).split(",")).indexOf("energy");
    var fields = lines.get(2).split(",", -1);
    fields[column] = "NaN";
    lines.set(2, String.join(",", fields));
    Files.write(file, lines);
    assertThatThrownBy(() -> EvaluatedRun.read(folder))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("is damaged: a value of the column energy is not a number");
  }

  @Test
  void imagesOfManyKindsAreFewOfEach() {
    var names = IntStream.range(0, 9).mapToObj(i -> "c" + i).toList();
    var run =
        ExampleEvaluation.in(folder, names, "max_logit", new ExampleEvaluation.Sizes(60, 900, 900));
    var shown = EvaluationHtml.shown(run);
    assertThat(shown.shown()).hasSizeLessThanOrEqualTo(64).isNotEmpty();
    assertThat(shown.kinds()).allSatisfy(kind -> assertThat(kind.worst().size()).isLessThan(9));
  }

  @Test
  void validationLossIsASecondCurve() throws Exception {
    var run = run(60, 40, 30);
    assertThat(learning(run, 0)).hasSize(1);
    var lines =
        Files.readString(run.files().metrics())
            .replace(",\"best\"", ",\"validation_loss\":1.5,\"best\"");
    Files.writeString(run.files().metrics(), lines);
    assertThat(learning(EvaluatedRun.read(folder), 0)).hasSize(2);
  }

  private static List<?> learning(EvaluatedRun run, int figure) {
    return new RunFigures(run).learning().get(figure).plot().series();
  }

  @Test
  void theMapHasAPointForEachImageAndTheirWords() throws Exception {
    var run = run(60, 40, 30);
    assertThat(new RunFigures(run).map()).isEmpty();
    var map = Files.createDirectory(folder.resolve("map"));
    Files.writeString(
        map.resolve("embeddings.csv"),
        """
        id,class,group,prediction,unknown_score,pca_x,pca_y,tsne_x,tsne_y
        test/1,cat,known,cat,0.25,0,0,-1,0
        test/2,<b>,unknown,cat,3,0,0,1,4
        prototype/cat,cat,prototype,,,0,0,0,2
        """);
    assertThat(new RunFigures(run).map()).as("not whole").isEmpty();
    Files.writeString(map.resolve("distances.json"), "{}");
    var document = parse(EvaluationHtml.render(run));
    assertThat(texts(document, "title"))
        .contains(
            "test/1: cat (known); predicted cat, unknown score 0.25",
            "test/2: <b> (unknown); predicted cat, unknown score 3",
            "prototype of cat");
    var points = elements(document, "circle").filter(c -> c.getAttribute("r").equals("4")).toList();
    assertThat(points.get(points.size() - 1).getAttribute("cy")).isEqualTo("16");
    Files.writeString(map.resolve("embeddings.csv"), "id,class\n1,2\n");
    assertThatThrownBy(() -> EvaluationHtml.render(run)).isInstanceOf(ReportException.class);
  }

  @Test
  void everyChartIsAlsoAFile() throws Exception {
    var run = run(60, 40, 30);
    var figures = folder.resolve("new").resolve("figures");
    var files = EvaluationHtml.writeFigures(figures, List.of(run));
    assertThat(files).hasSize(18).contains(figures.resolve("roc.svg"), figures.resolve("roc.csv"));
    for (var file : files) {
      assertThat(Files.size(file)).isPositive();
      if (file.toString().endsWith(".svg")) {
        assertThat(parse(Files.readString(file)).getDocumentElement().getTagName())
            .isEqualTo("svg");
      }
    }
    assertThat(EvaluationHtml.writeFigures(figures, List.of(run, run)))
        .hasSize(6)
        .contains(figures.resolve("validation-accuracy.csv"));
    assertThat(Files.readString(figures.resolve("ccr-fpr.csv")))
        .startsWith("series,unknown images accepted,known images accepted with the right class\n");
  }

  @Test
  void imagesAreInTheReportOnlyIfTheyAreGiven() throws Exception {
    var run = run(60, 40, 30);
    assertThat(EvaluationHtml.render(run)).doesNotContain("<img");
    var shown = EvaluationHtml.pictured(run);
    assertThat(shown).containsAll(EvaluationHtml.shown(run).shown()).doesNotHaveDuplicates();
    var picture = new FailurePicture("data:image/png;base64,AAAA", Optional.empty());
    EvaluationHtml.write(run.files().report(), run, Map.of(shown.get(0).id(), picture));
    assertThat(Files.readString(run.files().report()))
        .contains("data:image/png;base64,AAAA")
        .contains("handle this file as you handle the images");
  }

  @Test
  void everyClassHasExamplesAndTheyAreItsOwn() {
    var run = run(60, 40, 30);
    var rows = new ClassExamples(run).rows();
    assertThat(rows.stream().map(ClassExamples.Row::name))
        .containsExactlyElementsOf(
            new AnswerTable(run.evaluation().getKnownClassesList(), run.answers())
                .rows().stream().map(AnswerTable.Row::name).toList());
    assertThat(rows.stream().mapToInt(ClassExamples.Row::count).sum()).isEqualTo(70);
    for (var row : rows) {
      assertThat(row.first()).hasSizeLessThanOrEqualTo(6).isNotEmpty();
      assertThat(row.first()).allMatch(answer -> answer.trueClass().equals(row.name()));
      assertThat(row.first()).allMatch(answer -> answer.isKnown() != row.unknown());
    }
  }

  @Test
  void ofManyClassesThereAreFewerExamplesOfEach() {
    var names = IntStream.range(0, 40).mapToObj(i -> "c" + i).toList();
    var run =
        ExampleEvaluation.in(
            folder, names, "max_logit", new ExampleEvaluation.Sizes(60, 2000, 100));
    var all = new ClassExamples(run).rows().stream().mapToInt(row -> row.first().size()).sum();
    assertThat(all).isBetween(40, 96);
  }
}

package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.report.plot.Numbers;
import org.openmargin.scoring.metric.Metric;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class EvaluationHtmlTest {
  private static final String HOSTILE = "<b>&\"'";

  @TempDir Path folder;
  private EvaluatedRun run;

  @BeforeEach
  void evaluate() {
    run =
        ExampleEvaluation.in(
            folder, List.of("cat", HOSTILE), "max_probability_open", ExampleEvaluation.Sizes.SMALL);
  }

  @Test
  void thePageIsWellFormedAndNeedsNothingFromOutside() throws Exception {
    var html = EvaluationHtml.render(run);
    var document = parse(html);
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("html");
    for (var tag : List.of("link", "img", "iframe")) {
      assertThat(document.getElementsByTagName(tag).getLength()).as(tag).isZero();
    }
    assertThat(html)
        .doesNotContain("url(", "@import", " src=", "fetch(", "XMLHttpRequest", "import(");
    for (var link : elements(document, "a").map(a -> a.getAttribute("href")).toList()) {
      assertThat(link).matches("#.*|data:.*|evaluation[.]json|predictions[.]csv");
    }
  }

  @Test
  void theSliderHoldsTheScoresOfTheAnswers() throws Exception {
    var document = parse(EvaluationHtml.render(run));
    assertThat(document.getElementsByTagName("script").getLength()).isEqualTo(1);
    var slider =
        elements(document, "div").filter(e -> e.hasAttribute("data-known")).toList().get(0);
    assertThat(slider.hasAttribute("hidden")).as("shown by the script only").isTrue();
    var threshold = Double.parseDouble(slider.getAttribute("data-at"));
    assertThat(above(slider.getAttribute("data-known"), threshold))
        .isEqualTo(run.answers().stream().filter(a -> a.isKnown() && a.rejected()).count());
    assertThat(above(slider.getAttribute("data-unknown"), threshold))
        .isEqualTo(run.answers().stream().filter(a -> !a.isKnown() && a.rejected()).count());
    for (var svg : elements(document, "svg").toList()) {
      if (svg.getAttribute("class").equals("plot")) {
        assertThat(svg.getAttribute("data-x")).matches("[0-9.]+ [0-9.]+");
      }
    }
  }

  private static long above(String scores, double threshold) {
    return Stream.of(scores.split(" ")).filter(s -> Double.parseDouble(s) > threshold).count();
  }

  @Test
  void everyFigureCanBeSavedAsSvgAndCsv() throws Exception {
    var document = parse(EvaluationHtml.render(run));
    var saved = elements(document, "a").filter(a -> a.hasAttribute("download")).toList();
    assertThat(saved.stream().map(a -> a.getAttribute("download")))
        .contains(
            "scores.svg", "scores.csv", "roc.svg", "roc.csv", "ccr-fpr.csv", "reliability.csv")
        .hasSize(2 * new RunFigures(run).all().size());
    for (var link : saved) {
      var text = decoded(link.getAttribute("href"));
      if (link.getAttribute("download").endsWith(".svg")) {
        assertThat(parse(text).getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(text).contains("--card", "<style>");
      } else {
        assertThat(text.lines().count()).isGreaterThan(1);
        assertThat(text).startsWith("series,");
      }
    }
  }

  private static String decoded(String link) {
    var bytes = Base64.getDecoder().decode(link.substring(link.indexOf(',') + 1));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void aHostileClassNameIsShownAsItIs() throws Exception {
    var html = EvaluationHtml.render(run);
    assertThat(html).contains("&lt;b&gt;&amp;").doesNotContain("<b>");
    assertThat(texts(parse(html), "th")).contains(HOSTILE);
  }

  @Test
  void titleSelectionAndProvenanceOfTheFilesAreThere() throws Exception {
    var evaluation = run.evaluation().toBuilder().setExperiment("A & B");
    evaluation.getCheckpointBuilder().setSelection("last epoch \u0000\ufffe");
    Files.writeString(run.files().evaluation(), ExampleEvaluation.json(evaluation.build()));
    var provenance = run.provenance().toBuilder().setGitCommit("<abc>").build();
    Files.writeString(run.files().provenance(), ExampleEvaluation.json(provenance));
    var document = parse(EvaluationHtml.render(EvaluatedRun.read(folder)));
    assertThat(texts(document, "h1")).containsExactly("A & B");
    assertThat(texts(document, "title")).startsWith("Report: A & B");
    assertThat(texts(document, "dd"))
        .contains("<abc>")
        .anyMatch(text -> text.contains("(last epoch \ufffd\ufffd)"));
  }

  @Test
  void theTilesShowTheFiguresOfTheSelectedScorer() {
    var evaluation = run.evaluation();
    var selected = selected();
    assertThat(EvaluationHtml.render(run))
        .contains(tile("ACC", evaluation.getAcc()))
        .contains(tile("AUROC", selected.value(Metric.AUROC).orElseThrow()))
        .contains(tile("OSCR", selected.value(Metric.OSCR).orElseThrow()))
        .contains(tile("Unknown found", evaluation.getDecision().getUnknownRejectionRate()))
        .contains(tile("Known rejected", evaluation.getDecision().getKnownRejectionRate()));
  }

  @Test
  void intervalsStandBesideTheFiguresTheyBelongTo() throws Exception {
    var interval = selected().interval(Metric.OSCR).orElseThrow();
    var oscr =
        String.format(Locale.ROOT, "%.1f to %.1f", 100 * interval.low(), 100 * interval.high());
    var html = EvaluationHtml.render(run);
    assertThat(html).contains("<div class=\"meaning\">" + oscr + "; ");
    assertThat(texts(parse(html), "small")).contains(oscr);
    assertThat(html).contains("95\u202f% confidence interval, 1,000 bootstrap resamples");
  }

  @Test
  void everyScorerHasARowAndTheSelectedOneIsMarked() throws Exception {
    var document = parse(EvaluationHtml.render(run));
    assertThat(texts(document, "code"))
        .containsAll(run.scorers().stream().map(ReportedScorer::name).toList());
    var selected =
        elements(document, "tr")
            .filter(row -> row.getAttribute("class").equals("selected"))
            .map(Element::getTextContent)
            .toList();
    assertThat(selected).hasSize(2);
    assertThat(selected.get(0)).contains("decides");
    assertThat(selected.get(1)).startsWith("max_probability_open selected");
  }

  @Test
  void everyMetricHasAColumnAndOneThatIsNewerThanTheFileHasADash() throws Exception {
    var dashes = dashes(parse(EvaluationHtml.render(run)));
    var evaluation = run.evaluation().toBuilder();
    evaluation.getScorersBuilderList().forEach(EvaluationReport.ScorerResult.Builder::clearDtacc);
    Files.writeString(run.files().evaluation(), ExampleEvaluation.json(evaluation.build()));
    var document = parse(EvaluationHtml.render(EvaluatedRun.read(folder)));
    assertThat(texts(document, "th").stream().map(text -> text.replace("\u200b", "")))
        .containsAll(
            Stream.of(Metric.values())
                .map(m -> m.label() + (m.better() == Metric.Better.HIGHER ? " \u2191" : " \u2193"))
                .toList());
    assertThat(dashes(document) - dashes).isEqualTo(run.scorers().size());
  }

  private static long dashes(Document document) {
    return texts(document, "td").stream().filter("\u2013"::equals).count();
  }

  @Test
  void theRightAnswersOfTheTableAreThoseOfTheConfusionMatrix() throws Exception {
    var acceptedAndRight = run.answers().stream().filter(TestAnswer::isAcceptedAndRight).count();
    var unknownFound = run.answers().stream().filter(a -> !a.isKnown() && a.rejected()).count();
    var shown =
        elements(parse(EvaluationHtml.render(run)), "td")
            .filter(cell -> cell.getAttribute("class").equals("cell right"))
            .flatMap(cell -> stream(cell.getElementsByTagName("small")))
            .mapToInt(count -> Integer.parseInt(count.getTextContent()))
            .sum();
    assertThat(shown).isEqualTo((int) (acceptedAndRight + unknownFound)).isPositive();
  }

  @Test
  void bothCurvesBeginAndEndAtTheCornersOfTheirPlots() throws Exception {
    var paths = curves();
    assertThat(paths.get(0)).as("ROC").startsWith("M56 360").endsWith("L440 36");
    var acc = Numbers.pixel(360 - 324 * run.evaluation().getAcc());
    assertThat(paths.get(1)).as("CCR-FPR").startsWith("M56 360").endsWith("L440 " + acc);
  }

  @Test
  void trainingCurvesGoThroughTheValidatedEpochs() throws Exception {
    var paths = curves();
    assertThat(paths).hasSize(7);
    // Epochs 1, 2, 3 of 3 from pixel 72 to 440; losses 3.25, 1.5, 1.25 below 1.08 times the first.
    assertThat(paths.get(3)).as("loss").isEqualTo("M194.67 52.59L317.33 164.27L440 180.23");
    // Accuracies 0.75, 0.9375, 0.9874 from 0.7 at pixel 260 to 1 at pixel 36.
    assertThat(paths.get(4)).as("accuracy").isEqualTo("M194.67 222.67L317.33 82.67L440 45.41");
    // Steps 100 and 270 of 540 in 3 epochs: epochs 0.556 and 1.5.
    assertThat(paths.get(5)).as("rate").startsWith("M140.15 ").contains("L256 ");
  }

  @Test
  void withoutMetricsThereAreNoTrainingCurves() throws Exception {
    Files.delete(run.files().metrics());
    run = EvaluatedRun.read(folder);
    assertThat(curves()).hasSize(3);
  }

  @Test
  void theDotIsWhereTheThresholdDecides() throws Exception {
    var right = run.answers().stream().filter(TestAnswer::isAcceptedAndRight).count();
    var dots = elements(parse(EvaluationHtml.render(run)), "circle").toList();
    // Each plot's dot is followed by that of its legend.
    assertThat(dots.get(2).getAttribute("cy")).isEqualTo(Numbers.pixel(360 - 324 * right / 40.0));
  }

  @Test
  void alphasThatNeedMoreImagesAreNamed() throws Exception {
    assertThat(texts(parse(EvaluationHtml.render(run)), "li"))
        .contains(
            "No threshold for 1\u202f%: 99 images of known classes would have to set it; there are 60.",
            "No threshold for 0.1\u202f%: 999 images of known classes would have to set it; there are 60.");
  }

  @Test
  void aRehearsalIsCalledOne() throws Exception {
    var rehearsal = run.evaluation().toBuilder().setRehearsal(true).build();
    assertThat(EvaluationHtml.render(run)).doesNotContain("rehearsal");
    Files.writeString(run.files().evaluation(), ExampleEvaluation.json(rehearsal));
    assertThat(EvaluationHtml.render(EvaluatedRun.read(folder))).contains(EvaluationText.REHEARSAL);
  }

  @Test
  void thePageIsTheSameInEveryLocale() {
    var before = Locale.getDefault();
    var expected = EvaluationHtml.render(run);
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(EvaluationHtml.render(run)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anyScorerCanBeTheSelectedOne() throws Exception {
    for (var name : List.of("max_logit", "max_cosine", "energy", "max_probability_closed")) {
      var other =
          ExampleEvaluation.in(folder, List.of("a", "b"), name, ExampleEvaluation.Sizes.SMALL);
      assertThat(parse(EvaluationHtml.render(other)).getElementsByTagName("svg").getLength())
          .isEqualTo(10);
    }
  }

  @Test
  void theFileIsWrittenWholeAndNothingElse() throws IOException {
    var before = List.of(folder.toFile().list());
    EvaluationHtml.write(run);
    var file = folder.resolve("report.html");
    assertThat(Files.readString(file)).isEqualTo(EvaluationHtml.render(run));
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(before.stream(), Stream.of("report.html")).toList());
  }

  private ReportedScorer selected() {
    return run.scorers().stream()
        .filter(scorer -> scorer.name().equals("max_probability_open"))
        .findFirst()
        .orElseThrow();
  }

  private List<String> curves() throws Exception {
    return elements(parse(EvaluationHtml.render(run)), "path")
        .filter(path -> path.getAttribute("class").equals("curve c0"))
        .map(path -> path.getAttribute("d"))
        .filter(course -> !course.endsWith("h22"))
        .toList();
  }

  private static String tile(String name, double value) {
    return "<div class=\"name\">%s</div><div class=\"value\">%s<span>"
        .formatted(name, String.format(Locale.ROOT, "%.1f", 100 * value));
  }

  static Document parse(String html) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
  }

  static List<String> texts(Document document, String tag) {
    return elements(document, tag).map(Element::getTextContent).toList();
  }

  static Stream<Element> elements(Document document, String tag) {
    return stream(document.getElementsByTagName(tag));
  }

  private static Stream<Element> stream(NodeList nodes) {
    var elements = new ArrayList<Element>();
    for (var i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements.stream();
  }
}

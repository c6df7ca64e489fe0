package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;
import org.openmargin.scoring.evaluation.ScoredPredictions;
import org.openmargin.scoring.metric.ConfusionMatrix;
import org.openmargin.scoring.metric.Intervals;
import org.openmargin.scoring.metric.ScorerMetrics;
import org.openmargin.scoring.scorer.MaxLogit;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class EvaluationHtmlTest {
  private static final String HOSTILE = "<b>&\"'";
  private static final EvaluationPage PAGE =
      ExampleEvaluation.page(
          List.of("cat", HOSTILE), "max_probability_open", ExampleEvaluation.Sizes.SMALL);

  @TempDir Path folder;

  @Test
  void thePageIsWellFormedAndNeedsNothingFromOutside() throws Exception {
    String html = EvaluationHtml.render(PAGE);
    Document document = parse(html);
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("html");
    for (String tag : List.of("script", "link", "img", "iframe")) {
      assertThat(document.getElementsByTagName(tag).getLength()).as(tag).isZero();
    }
    assertThat(html).doesNotContain("url(").doesNotContain("@import");
  }

  @Test
  void aHostileClassNameIsShownAsItIs() throws Exception {
    String html = EvaluationHtml.render(PAGE);
    assertThat(html).contains("&lt;b&gt;&amp;&quot;&#39;").doesNotContain("<b>");
    assertThat(texts(parse(html), "th")).contains(HOSTILE);
  }

  @Test
  void titleSelectionAndProvenanceOfTheCallerAreThere() throws Exception {
    PageTexts texts =
        new PageTexts("A & B", "", "last epoch \u0000\ud800", Map.of("commit", "<abc>"));
    EvaluationPage page = new EvaluationPage(PAGE.evaluation(), PAGE.scored(), texts);
    Document document = parse(EvaluationHtml.render(page));
    assertThat(texts(document, "h1")).containsExactly("A & B");
    assertThat(texts(document, "title")).containsExactly("A & B");
    assertThat(texts(document, "dd")).contains("last epoch \ufffd\ufffd", "<abc>");
  }

  @Test
  void theTilesShowTheFiguresOfTheSelectedScorer() {
    OpenSetEvaluation evaluation = PAGE.evaluation();
    ScorerMetrics metrics = evaluation.selectedMetrics();
    assertThat(EvaluationHtml.render(PAGE))
        .contains(tile("ACC", evaluation.acc()))
        .contains(tile("AUROC", metrics.auroc()))
        .contains(tile("OSCR", metrics.oscr()))
        .contains(tile("Unknown found", evaluation.selected().test().unknownDetectionRate()))
        .contains(tile("Known rejected", evaluation.selected().test().knownRejectionRate()));
  }

  @Test
  void intervalsStandBesideTheFiguresTheyBelongTo() throws Exception {
    Intervals intervals = PAGE.evaluation().selectedMetrics().intervals().orElseThrow();
    String oscr =
        String.format(
            Locale.ROOT,
            "%.1f to %.1f",
            100 * intervals.oscr().low(),
            100 * intervals.oscr().high());
    String html = EvaluationHtml.render(PAGE);
    assertThat(html).contains("<div class=\"meaning\">" + oscr + "; ");
    assertThat(texts(parse(html), "small")).contains(oscr);
    assertThat(html).contains("95\u202f% confidence interval, 1,000 bootstrap resamples");
  }

  @Test
  void everyScorerHasARowAndTheSelectedOneIsMarked() throws Exception {
    Document document = parse(EvaluationHtml.render(PAGE));
    assertThat(texts(document, "code"))
        .isEqualTo(PAGE.evaluation().scorers().stream().map(ScorerMetrics::name).toList());
    List<String> selected =
        elements(document, "tr")
            .filter(row -> row.getAttribute("class").equals("selected"))
            .map(Element::getTextContent)
            .toList();
    assertThat(selected).hasSize(2);
    assertThat(selected.get(0)).startsWith("max_probability_openselected");
    assertThat(selected.get(1)).contains("decides");
  }

  @Test
  void theRightAnswersOfTheTableAreThoseOfTheConfusionMatrix() throws Exception {
    ConfusionMatrix matrix = ConfusionMatrix.of(PAGE.rejected(), PAGE.test());
    int right = IntStream.range(0, 3).map(c -> matrix.count(c, c)).sum();
    Document document = parse(EvaluationHtml.render(PAGE));
    int shown =
        elements(document, "td")
            .filter(cell -> cell.getAttribute("class").equals("cell right"))
            .flatMap(cell -> stream(cell.getElementsByTagName("small")))
            .mapToInt(count -> Integer.parseInt(count.getTextContent()))
            .sum();
    assertThat(shown).isEqualTo(right).isPositive();
  }

  @Test
  void bothCurvesBeginAndEndAtTheCornersOfTheirPlots() throws Exception {
    List<String> paths =
        elements(parse(EvaluationHtml.render(PAGE)), "path")
            .filter(path -> path.getAttribute("class").equals("curve"))
            .map(path -> path.getAttribute("d"))
            .toList();
    assertThat(paths).hasSize(2);
    assertThat(paths.get(0)).as("ROC").startsWith("M40 360").endsWith("L440 40");
    String acc = Numbers.pixel(360 - 320 * PAGE.evaluation().acc());
    assertThat(paths.get(1)).as("CCR-FPR").startsWith("M40 360").endsWith("L440 " + acc);
  }

  @Test
  void thePageIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    String expected = EvaluationHtml.render(PAGE);
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(EvaluationHtml.render(PAGE)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anyScorerCanBeTheSelectedOne() throws Exception {
    for (String name : List.of("max_logit", "max_cosine", "energy", "max_probability_closed")) {
      EvaluationPage page =
          ExampleEvaluation.page(List.of("a", "b"), name, ExampleEvaluation.Sizes.SMALL);
      assertThat(parse(EvaluationHtml.render(page)).getElementsByTagName("svg").getLength())
          .isEqualTo(3);
    }
  }

  @Test
  void aPageRefusesAScorerOrPredictionsThatAreNotTheEvaluations() {
    List<MaxLogit> other = List.of(new MaxLogit(PAGE.test().head()));
    ScoredPredictions others = ScoredPredictions.of(PAGE.test(), other);
    assertThatThrownBy(() -> new EvaluationPage(PAGE.evaluation(), others, PAGE.texts()))
        .hasMessageContaining("[max_logit]; the evaluation selected 'max_probability_open'");
    ScoredPredictions fewer = new ScoredPredictions(PAGE.test().known(), PAGE.scored().scores());
    assertThatThrownBy(() -> new EvaluationPage(PAGE.evaluation(), fewer, PAGE.texts()))
        .hasMessageContaining("40 test predictions; the evaluation was made from 70");
  }

  @Test
  void theFileIsWrittenWholeAndAlone() throws IOException {
    Path file = folder.resolve("report.html");
    EvaluationHtml.write(file, PAGE);
    assertThat(Files.readString(file)).isEqualTo(EvaluationHtml.render(PAGE));
    assertThat(folder.toFile().list()).containsExactly("report.html");
  }

  private static String tile(String name, double value) {
    return "<div class=\"name\">%s</div><div class=\"value\">%s<span>"
        .formatted(name, String.format(Locale.ROOT, "%.1f", 100 * value));
  }

  private static Document parse(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
  }

  private static List<String> texts(Document document, String tag) {
    return elements(document, tag).map(Element::getTextContent).toList();
  }

  private static Stream<Element> elements(Document document, String tag) {
    return stream(document.getElementsByTagName(tag));
  }

  private static Stream<Element> stream(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements.stream();
  }
}

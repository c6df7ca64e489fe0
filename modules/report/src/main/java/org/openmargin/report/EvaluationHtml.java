package org.openmargin.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.scoring.evaluation.ImageCounts;
import org.openmargin.scoring.evaluation.OpenSetEvaluation;

/**
 * The report of an evaluation as one HTML file: style and figures are inside, there is no script
 * and nothing is fetched, so it can be mailed, archived and opened offline. It is well-formed XML,
 * and every text is escaped.
 */
public final class EvaluationHtml {
  private static final String STYLE = "evaluation.css";

  private EvaluationHtml() {}

  /**
   * Writes or replaces the file, whole or not at all.
   *
   * @param file its folder exists
   * @throws IOException when it cannot be written; then nothing is left behind
   */
  public static void write(Path file, EvaluationPage page) throws IOException {
    String html = render(page);
    AtomicTextFile.write(file, writer -> writer.write(html));
  }

  /** The page as text. */
  public static String render(EvaluationPage page) {
    return """
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        %s</main>
        </body>
        </html>
        """
        .formatted(Markup.text(page.texts().title()), style(), sections(page));
  }

  private static String sections(EvaluationPage page) {
    OpenSetEvaluation evaluation = page.evaluation();
    return header(page.texts())
        + new Verdict(evaluation).html()
        + scores(page)
        + new CurveFigures(
                page.scores(), evaluation.selectedMetrics(), evaluation.selected().test())
            .figures(evaluation.acc())
        + answers(page)
        + scorers(evaluation)
        + decision(page)
        + Markup.section("Provenance", "", DecisionTables.facts(page.texts().provenance()));
  }

  private static String header(PageTexts texts) {
    return Markup.block(
        "header", "title", Markup.leaf("h1", texts.title()) + Markup.leaf("p", texts.subtitle()));
  }

  private static String scores(EvaluationPage page) {
    ImageCounts counts = page.evaluation().counts();
    String legend = key("known", counts.knownTest()) + key("unknown", counts.unknownTest());
    double threshold = page.evaluation().selected().threshold().threshold();
    return Markup.section(
        "How far known and unknown are apart",
        "",
        Markup.block("p", "legend", legend)
            + Markup.block(
                "div",
                "scroll wide",
                new ScoreHistogram(page.scores(), threshold).svg(page.selected())));
  }

  private static String key(String group, int images) {
    return "<span><span class=\"key %s\"></span>%s test, %s</span>"
        .formatted(group, group, Numbers.images(images));
  }

  private static String answers(EvaluationPage page) {
    return Markup.section(
        "What it answers",
        "At the acceptance threshold. Classes marked unknown were never shown in training; the right"
            + " answer to them is \u201cunknown\u201d.",
        Markup.block("div", "answers", new AnswerTable(page.test(), page.rejected()).html()));
  }

  private static String scorers(OpenSetEvaluation evaluation) {
    return Markup.section(
        "All scorers",
        "Known test against unknown test images; unknown is the positive class of AUROC and FPR."
            + " The scorer was selected beforehand, not by this table. \u201cOSCR, ARPL code\u201d"
            + " repeats what older published tables computed; compare it with those only.",
        Markup.block("div", "scorers", new ScorerTable(evaluation).html()));
  }

  private static String decision(EvaluationPage page) {
    return Markup.section(
        "How the decision was made",
        "From known validation images only: no test image and no image of an unknown class took"
            + " part.",
        new DecisionTables(page).html());
  }

  private static String style() {
    try (InputStream css = EvaluationHtml.class.getResourceAsStream(STYLE)) {
      if (css == null) {
        throw new IllegalStateException("the style " + STYLE + " is missing from the program");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.report.plot.Numbers;

class ComparisonTest {
  private static final String WARNING = "were not evaluated on the same images";

  @TempDir private Path folder;

  private EvaluatedRun run(String name, String scorer) throws IOException {
    var of = Files.createDirectory(folder.resolve(name));
    return ExampleEvaluation.in(of, List.of("a", "b"), scorer, ExampleEvaluation.Sizes.SMALL);
  }

  @Test
  void everyRunHasARowWithItsFiguresAndALinkToItsReport() throws Exception {
    var runs = List.of(run("one & only", "max_logit"), run("two", "energy"));
    var file = Files.createDirectory(folder.resolve("pages")).resolve("comparison.html");
    EvaluationHtml.writeComparison(file, runs);
    var html = Files.readString(file);
    var document = EvaluationHtmlTest.parse(html);
    assertThat(EvaluationHtmlTest.texts(document, "h1")).containsExactly("Comparison of 2 runs");
    assertThat(
            EvaluationHtmlTest.elements(document, "a")
                .filter(link -> !link.hasAttribute("download"))
                .map(link -> link.getAttribute("href")))
        .containsExactly("./../one%20&%20only/report.html", "./../two/report.html");
    for (var run : runs) {
      assertThat(html)
          .contains(">" + Numbers.perCent(run.evaluation().getAuroc()) + "<small>")
          .contains(">" + Numbers.perCent(run.evaluation().getDecision().getUnknownRejectionRate()))
          .contains(run.evaluation().getSelectedScorer());
    }
    assertThat(html).doesNotContain(WARNING);
    assertThat(EvaluationHtmlTest.texts(document, "figcaption"))
        .containsExactly("ROC", "CCR against FPR", "Validation accuracy");
  }

  @Test
  void runsOfDifferentImagesAreNotComparedSilently() throws Exception {
    var one = run("one", "energy");
    var two = run("two", "energy");
    var provenance = two.provenance().toBuilder().setDataSha256("other").build();
    Files.writeString(two.files().provenance(), ExampleEvaluation.json(provenance));
    var runs = List.of(one, EvaluatedRun.read(two.files().folder()));
    assertThat(EvaluationHtml.renderComparison(folder.resolve("c.html"), runs)).contains(WARNING);
  }
}

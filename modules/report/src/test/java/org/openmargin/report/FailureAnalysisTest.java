package org.openmargin.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.Images;
import org.openmargin.data.source.ImageFiles;
import org.openmargin.report.plot.FailurePicture;

class FailureAnalysisTest {
  @TempDir Path folder;

  private EvaluatedRun run() {
    return ExampleEvaluation.in(
        folder,
        List.of("neutrophil", "platelet", "<eosinophil>"),
        "max_probability_open",
        new ExampleEvaluation.Sizes(60, 200, 150));
  }

  private static FailureAnalysis analysis(EvaluatedRun run, int most) {
    return new FailureAnalysis(run, most, Optional.empty());
  }

  private static List<TestAnswer> wrong(EvaluatedRun run) {
    return run.answers().stream()
        .filter(a -> a.isKnown() ? !a.isAcceptedAndRight() : !a.rejected())
        .toList();
  }

  @Test
  void everyWrongAnswerIsOfOneKindAndNoRightOneIs() {
    var run = run();
    var kinds = analysis(run, 1000).kinds();
    var all = kinds.stream().flatMap(kind -> kind.worst().stream()).toList();
    assertThat(all).doesNotHaveDuplicates().hasSameElementsAs(wrong(run)).isNotEmpty();
    assertThat(kinds).allSatisfy(kind -> assertThat(kind.count()).isEqualTo(kind.worst().size()));
    assertThat(analysis(run, 1000).shown()).containsExactlyElementsOf(all);
  }

  @Test
  void theWorstComeFirst() {
    var kinds = analysis(run(), 3).kinds();
    var unknown = kinds.stream().filter(k -> k.title().startsWith("Unknown class")).toList();
    assertThat(unknown)
        .isSortedAccordingTo(
            Comparator.comparingDouble(kind -> -(double) kind.count() / kind.of()));
    for (var kind : kinds) {
      var scores = kind.worst().stream().map(TestAnswer::unknownScore).toList();
      var worst = Comparator.<Double>naturalOrder();
      assertThat(scores)
          .hasSizeLessThanOrEqualTo(3)
          .isSortedAccordingTo(kind.title().endsWith("rejected") ? worst.reversed() : worst);
    }
  }

  @Test
  void theWorstConfusionIsTheLargestShareOfTheTable() {
    var failures = analysis(run(), 3);
    var shares =
        failures.table().unknownWorstFirst().stream()
            .flatMap(row -> row.cells().subList(0, 3).stream())
            .mapToDouble(AnswerTable.Cell::share)
            .max();
    assertThat(failures.worstConfusion().orElseThrow().share()).isEqualTo(shares.orElseThrow());
  }

  @Test
  void thePageNamesImagesAndHoldsPicturesOnlyIfGiven() {
    var failures = analysis(run(), 2);
    var first = failures.shown().get(0);
    var plain = EvaluationHtml.renderFailures(failures, Map.of());
    assertThat(plain)
        .contains("Failures of OMCL on BloodMNIST", first.id(), "&lt;eosinophil&gt;", "--images")
        .doesNotContain("<img", "Grad-CAM");
    var picture = new FailurePicture("data:image/png;base64,AAAA", Optional.empty());
    assertThat(EvaluationHtml.renderFailures(failures, Map.of(first.id(), picture)))
        .contains("<img src=\"data:image/png;base64,AAAA\"", "images of the test set")
        .doesNotContain("Grad-CAM");
    var heat =
        new FailurePicture("data:image/png;base64,AAAA", Optional.of("data:image/png;base64,BBBB"));
    assertThat(EvaluationHtml.renderFailures(failures, Map.of(first.id(), heat)))
        .contains("BBBB", "Grad-CAM");
  }

  @Test
  void anotherRunIsComparedClassByClassIfItsClassesAreTheSame() throws IOException {
    var sizes = new ExampleEvaluation.Sizes(60, 200, 150);
    var classes = List.of("neutrophil", "platelet", "<eosinophil>");
    var there = Files.createDirectory(folder.resolve("there"));
    var other = ExampleEvaluation.in(there, classes, "max_logit", sizes);
    var run = run();
    var rows = new ClassComparison(run, other).rows();
    assertThat(rows).hasSize(7);
    assertThat(rows.stream().map(ClassComparison.Row::unknown))
        .containsExactly(true, true, true, true, false, false, false);
    for (var row : rows) {
      assertThat(row.here()).isEqualTo(rate(run, row.name()));
      assertThat(row.there()).isEqualTo(rate(other, row.name()));
    }
    assertThat(rows.subList(0, 4))
        .isSortedAccordingTo(Comparator.comparingDouble(row -> row.here() - row.there()));
    var page =
        EvaluationHtml.renderFailures(new FailureAnalysis(run, 1, Optional.of(other)), Map.of());
    assertThat(page).contains("Compared with OMCL on BloodMNIST", there.toString());
    var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    var stranger = ExampleEvaluation.in(elsewhere, List.of("a", "b"), "max_logit", sizes);
    assertThatThrownBy(() -> new FailureAnalysis(run, 1, Optional.of(stranger)))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("cannot be compared: their known classes are")
        .hasMessageContaining("[a, b]");
  }

  /** Right answers of a class, from the table of answers. */
  private static double rate(EvaluatedRun run, String name) {
    return analysis(run, 1).table().rows().stream()
        .filter(row -> row.name().equals(name))
        .mapToDouble(row -> row.cells().get(row.right()).share())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void smallImagesAreMagnifiedAndLargeOnesShrunk() {
    var small = Images.of(2, 1, 1, new byte[] {10, (byte) 200});
    var picture = FailurePicture.of(small, 0, Optional.of(new float[][] {{0}, {1}}));
    var large = decoded(picture.image(), 1);
    assertThat(large.height()).isEqualTo(128);
    assertThat(large.width()).isEqualTo(64);
    assertThat(new int[] {grey(large, 0), grey(large, 127)}).containsExactly(10, 200);
    var heat = decoded(picture.heat().orElseThrow(), 3);
    var pixels = new byte[heat.bytesPerImage()];
    heat.copyTo(0, pixels, 0);
    assertThat(new int[] {pixels[0], pixels[1], pixels[2]}).containsExactly(10, 10, 10);
    var last = pixels.length - 3;
    assertThat(pixels[last] & 0xff).isGreaterThan(pixels[last + 2] & 0xff);
    var photo = Images.of(300, 600, 3, new byte[300 * 600 * 3]);
    assertThat(decoded(FailurePicture.of(photo, 0, Optional.empty()).image(), 3).shape())
        .hasToString("64x128x3");
  }

  private static int grey(Images image, int row) {
    var pixels = new byte[image.bytesPerImage()];
    image.copyTo(0, pixels, 0);
    return pixels[row * image.width()] & 0xff;
  }

  private static Images decoded(String url, int channels) {
    var png = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
    return ImageFiles.decode(png, channels);
  }
}

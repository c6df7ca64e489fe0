package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

class MetricsCommandTest {
  /**
   * Known 1 (right), 2 (right), 3 (wrong), unknown 2, 4: pairs (1,2) (1,4) (2,4) (3,4) are in
   * order, (2,2) is a tie, (3,2) is not.
   */
  private static final String ANSWERS =
      """
      prediction,unknown_score,label,energy,p
      cat,1,cat,-9,0.9
      dog,2,dog,-8,0.8
      cat,3,dog,-7,0.7
      cat,2,,-6,0.6
      dog,4,-1,-5,0.5
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeAnswers() throws IOException {
    file = Files.writeString(folder.resolve("answers.csv"), ANSWERS);
  }

  private static JsonObject json(Object... args) {
    var run = CommandLineRun.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  @Test
  void withoutUnknownRowsOnlyWhatNeedsThemIsMissing() throws IOException {
    Files.writeString(file, ANSWERS.lines().limit(4).reduce("", (a, b) -> a + b + "\n"));
    var json = json("metrics", file, "--format", "json");
    assertThat(json.get("acc").getAsDouble()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(json.get("openSetNotMeasured").getAsString()).contains("no row of an unknown class");
    assertThat(json.has("aurcKnown")).isTrue();
    assertThat(json.has("auroc") || json.has("oscr") || json.has("ccrAtFpr")).isFalse();
    assertThat(json.getAsJsonObject("intervals").has("auroc")).isFalse();
    var text = CommandLineRun.of("metrics", file);
    assertThat(text.out()).contains("not measured: no row of an unknown class");
    assertThat(text.out()).doesNotContain("AUROC", "NaN");
  }

  private void refused(String text, String... messages) throws IOException {
    Files.writeString(file, text);
    var run = CommandLineRun.of("metrics", file);
    assertThat(run.code()).isEqualTo(ExitCodes.DATA);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors())
        .singleElement()
        .asString()
        .contains(file.toString())
        .contains(messages);
  }

  @Test
  void jsonHasEveryMetricByItsName() {
    var json = json("metrics", file, "--format", "json");
    assertThat(json.get("knownImages").getAsInt()).isEqualTo(3);
    assertThat(json.get("unknownImages").getAsInt()).isEqualTo(2);
    assertThat(json.get("acc").getAsDouble()).isEqualTo(2.0 / 3);
    assertThat(json.get("auroc").getAsDouble()).isEqualTo(4.5 / 6);
    assertThat(json.get("oscr").getAsDouble()).isEqualTo(3.5 / 6);
    assertThat(json.keySet())
        .containsExactlyInAnyOrder(
            "knownImages",
            "unknownImages",
            "acc",
            "auroc",
            "oscr",
            "oscrArplCompatible",
            "auprUnknown",
            "auprKnown",
            "fprAt95Tpr",
            "fprAt95KnownTpr",
            "dtacc",
            "ccrAtFpr",
            "aurc",
            "augrc",
            "aurcKnown",
            "augrcKnown",
            "intervals",
            "bootstrap");
    var acc = json.getAsJsonObject("intervals").getAsJsonObject("acc");
    assertThat(acc.get("low").getAsDouble()).isBetween(0.0, 2.0 / 3);
    assertThat(acc.get("high").getAsDouble()).isBetween(2.0 / 3, 1.0);
    assertThat(json.getAsJsonArray("ccrAtFpr").get(0).getAsJsonObject().keySet())
        .containsExactly("fpr", "ccr");
  }

  @Test
  void sameSeedSameIntervals() {
    var one = json("metrics", file, "--format", "json", "--seed", "7", "--bootstrap", "50");
    assertThat(json("metrics", file, "--format", "json", "--seed", "7", "--bootstrap", "50"))
        .isEqualTo(one);
    assertThat(one.getAsJsonObject("bootstrap").get("resamples").getAsInt()).isEqualTo(50);
    assertThat(one.getAsJsonObject("bootstrap").get("seed").getAsLong()).isEqualTo(7);
  }

  @Test
  void intervalsCanBeLeftOut() {
    var json = json("metrics", file, "--format", "json", "--bootstrap", "0");
    assertThat(json.keySet()).contains("oscr").doesNotContain("intervals", "bootstrap");
  }

  @Test
  void anotherScoreAndTheProbabilityCanBeNamed() {
    var json = json("metrics", file, "--format", "json", "--score", "energy", "--probability", "p");
    assertThat(json.get("auroc").getAsDouble()).isEqualTo(1);
    assertThat(json.get("ece").getAsDouble()).isCloseTo((0.1 + 0.2 + 0.7) / 3, within(1e-12));
  }

  @Test
  void standardInputIsReadForADash() {
    var before = System.in;
    System.setIn(new ByteArrayInputStream(ANSWERS.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(json("metrics", "-", "--format", "json"))
          .isEqualTo(json("metrics", file, "--format", "json"));
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void theTableIsForPeople() {
    var run = CommandLineRun.of("metrics", file);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("3 images of known classes, 2 of unknown ones")
        .containsPattern("ACC +0\\.6667  \\[0\\.\\d{4}, 1\\.0000\\] +known images only")
        .containsPattern("OSCR +0\\.5833 ")
        .contains("CCR@FPR 0.05", "AUIN", "AUOUT", "unknown is the positive class")
        .contains("95 % confidence, 1,000 bootstrap resamples, seed 0");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 90);
  }

  @Test
  void helpShowsWhatAFileLooksLike() {
    var help = CommandLineRun.of("metrics", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("label,prediction,unknown_score\n  cat,cat,-7.1", "--bootstrap");
  }

  @Test
  void dataThatCannotBeUsedNamesLineAndColumn() throws IOException {
    refused("", "is empty", "label, prediction, unknown_score");
    refused("label,unknown_score\n", ":1: no column 'prediction'");
    refused(
        ANSWERS.replace("dog,2,", "dog,two,"), ":3:unknown_score: 'two' is not a finite number");
    refused(ANSWERS.replace("dog,2,", "dog,NaN,"), ":3:unknown_score: 'NaN'");
    refused(ANSWERS.replace("dog,2,", ",2,"), ":3:prediction: '' is not a class");
    refused("label,prediction,unknown_score\n-1,0,1\n", "0 rows of known");
  }

  @Test
  void aFileThatIsNotThereOrAFolderIsRefused() throws IOException {
    Files.delete(file);
    var missing = CommandLineRun.of("metrics", file);
    assertThat(missing.code()).isEqualTo(ExitCodes.DATA);
    assertThat(missing.errors()).containsExactly("openmargin: " + file + ": no such file");
    var directory = CommandLineRun.of("metrics", folder);
    assertThat(directory.code()).isEqualTo(ExitCodes.DATA);
    assertThat(directory.errors()).singleElement().asString().contains("is a folder");
  }

  @Test
  void columnsAreNamedAndLabelsOfUnknownImages() throws IOException {
    Files.writeString(
        file,
        ANSWERS
            .replace("prediction,unknown_score,label", "y_pred,msp,y_true")
            .replace("cat,2,,", "cat,2,other,"));
    var json =
        json(
            "metrics",
            file,
            "--json",
            "--label=y_true",
            "--prediction=y_pred",
            "--score=msp",
            "--unknown-label=other");
    assertThat(json.get("auroc").getAsDouble()).isEqualTo(4.5 / 6);
    assertThat(json.get("unknownImages").getAsInt()).isEqualTo(2);
  }

  @Test
  void aReversedSignIsHintedAt() throws IOException {
    Files.writeString(file, ANSWERS);
    var reversed = CommandLineRun.of("metrics", file, "--score", "p", "--json");
    assertThat(reversed.code()).isZero();
    assertThat(reversed.err()).contains("AUROC 0.0000 is below 0.5", "--higher-is-known");
    var right = json("metrics", file, "--score", "p", "--json", "--higher-is-known");
    assertThat(right.get("auroc").getAsDouble()).isEqualTo(1);
    var wrong = CommandLineRun.of("metrics", file, "--score", "energy", "--higher-is-known");
    assertThat(wrong.err()).contains("leave out --higher-is-known");
  }

  @Test
  void curvesEndWhereTheyMust() throws IOException {
    var curves = folder.resolve("curves.csv");
    assertThat(CommandLineRun.of("metrics", file, "--curves", curves).code()).isZero();
    assertThat(Files.readAllLines(curves))
        .startsWith("curve,x,y", "roc,0.0,0.0")
        .contains("roc,1.0,1.0", "oscr,0.0,0.0")
        .endsWith("oscr,1.0,0.6666666666666666");
  }

  @Test
  void aPageHoldsFiguresAndCurves() throws IOException {
    var page = folder.resolve("metrics.html");
    assertThat(CommandLineRun.of("metrics", file, "--report", page).code()).isZero();
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("AUROC", "0.7500", "OSCR", "<svg", "unknown images rejected")
        .doesNotContain("http://www.example", "NaN");
  }

  @Test
  void twoScoresOfTheSameImagesAreComparedInPairs() {
    var json = json("metrics", file, file, "--other-score", "energy", "--json");
    var auroc = json.getAsJsonObject("differences").getAsJsonObject("auroc");
    assertThat(auroc.get("difference").getAsDouble()).isEqualTo(0.25);
    assertThat(auroc.get("low").getAsDouble()).isNotNegative();
    assertThat(json.getAsJsonObject("first").get("auroc").getAsDouble()).isEqualTo(0.75);
    var text = CommandLineRun.of("metrics", file, file, "--other-score", "energy");
    assertThat(text.out()).contains("+0.2500", "paired by image");
  }

  @Test
  void filesAboutOtherImagesAreNotCompared() throws IOException {
    var other =
        Files.writeString(folder.resolve("other.csv"), ANSWERS.replace("dog,4,-1", "dog,4,dog"));
    var run = CommandLineRun.of("metrics", file, other);
    assertThat(run.code()).isEqualTo(ExitCodes.DATA);
    assertThat(run.errors()).singleElement().asString().contains("same images", "labels differ");
  }

  @Test
  void settingsOutOfRangeAreUsageErrors() {
    for (var option : new String[] {"--bootstrap=-1", "--confidence=95", "--bootstrap=x"}) {
      var run = CommandLineRun.of("metrics", file, option);
      assertThat(run.code()).as(option).isEqualTo(ExitCodes.USAGE);
      assertThat(run.errors()).singleElement().asString().contains(option.replaceAll("=.*", ""));
    }
  }
}

package org.openmargin.scoring.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.Auroc;

class ScoresCsvTest {
  private static final String HEADER = "label,prediction,unknown_score\n";

  private static UnknownScores read(String text) throws IOException {
    return read(text, ScoresCsv.Columns.USUAL).scores();
  }

  private static ScoresCsv.Answers read(String text, ScoresCsv.Columns columns) throws IOException {
    return ScoresCsv.read(stream(text), "a.csv", columns);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String text, String... messages) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(messages));
  }

  @Test
  void rowsAreSplitByTheirLabels() throws IOException {
    var scores = read(HEADER + "cat,cat,-7.5\ndog,cat,-2\n,dog,-0.25\n-1,,3e1\n");
    assertThat(scores.known()).containsExactly(-7.5, -2);
    assertThat(scores.correct()).containsExactly(true, false);
    assertThat(scores.unknown()).containsExactly(-0.25, 30);
  }

  @Test
  void everyNegativeIntegerIsUnknown() throws IOException {
    var scores = read(HEADER + "0,0,0.1\n1,1,0.2\n1,0,0.4\n-1,0,0.9\n-2,1,0.3\n-2,1,0.8\n");
    assertThat(scores.known()).containsExactly(0.1, 0.2, 0.4);
    assertThat(scores.unknown()).containsExactly(0.9, 0.3, 0.8);
    assertThat(scores.correct()).containsExactly(true, true, false);
  }

  @Test
  void numbersAsNumPyWritesThemAreIntegers() throws IOException {
    var one = "1.000000000000000000e+00";
    var text = HEADER + "0.000000000000000000e+00,0,0.1\n%s,1,0.2\n-%s,0,0.9\n-%s,%s,0.15\n";
    var scores = read(text.formatted(one, one, one, one));
    assertThat(scores.known()).containsExactly(0.1, 0.2);
    assertThat(scores.correct()).containsExactly(true, true);
    assertThat(scores.unknown()).containsExactly(0.9, 0.15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NA", "na", "N/A", "<NA>", "null", "None", "#N/A", "NaN"})
  void aWordForAMissingValueIsNoClass(String word) {
    var text = HEADER + "cat,cat,0.1\ndog,cat,0.4\n,cat,0.9\n%s,dog,0.3\n";
    assertRefused(text.formatted(word), "a.csv:5:label: '" + word + "'", "must be empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaT", "NA_character_", "-", "?", "missing", "(null)", "inf"})
  void furtherWordsForMissingAreNoClasses(String word) {
    var text = HEADER + "cat,cat,0.1\n,cat,0.9\n%s,cat,0.3\n";
    assertRefused(text.formatted(word), "'" + word + "' looks like a missing value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OOD", "ood", "novel", "Unseen", "outlier", "out-of-distribution"})
  void wordsForTheUnknownAreNoClasses(String word) throws IOException {
    var text = HEADER + "cat,cat,0.1\n,cat,0.9\n%s,cat,0.3\n";
    assertRefused(text.formatted(word), "'" + word + "' looks like the unknown");
    assertThat(read(HEADER + "cat,%1$s,0.1\n%1$s,%1$s,0.2\n,cat,1\n".formatted(word)).correct())
        .containsExactly(false, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u22121", "\u20131", "\uff0d2.0"})
  void anyMinusSignMakesALabelNegative(String label) throws IOException {
    assertThat(read(HEADER + "0,0,0.1\n%s,0,0.9\n".formatted(label)).unknown())
        .containsExactly(0.9);
  }

  @Test
  void labelsThatAreNeverPredictedAreListed() throws IOException {
    var text = HEADER + "0,1.0,0.1\n1,0,0.2\n255,1,0.9\nother,0,0.8\n-1,7,1\n";
    assertThat(read(text, ScoresCsv.Columns.USUAL).neverPredicted())
        .containsExactly("255", "other");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", "|"})
  void anotherSeparatorIsNamed(String separator) {
    assertRefused(HEADER.replace(",", separator) + "0\n", "no column 'label'", "by commas");
  }

  @Test
  void aClassMayBeCalledNoneIfItIsPredicted() throws IOException {
    var scores = read(HEADER + "none,cat,0.1\ncat,none,0.2\nnone,none,0.3\n,cat,1\n");
    assertThat(scores.correct()).containsExactly(false, false, true);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    var latin = (HEADER + "\u00e4,\u00e4,0.1\n\u00f6,\u00f6,0.2\n,\u00e4,0.9\n");
    var bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(
            () -> ScoresCsv.read(new ByteArrayInputStream(bytes), "a.csv", ScoresCsv.Columns.USUAL))
        .isInstanceOf(IOException.class)
        .hasMessage("a.csv is not UTF-8 text; save it as UTF-8");
  }

  @Test
  void columnsMayStandAnywhereAmongOthers() throws IOException {
    var scores =
        read(
            "id,unknown_score,note,prediction,label\nx,1,\"a, \"\"b\"\"\nc\",0,0\ny,2,5\" long,1,-1");
    assertThat(scores.known()).containsExactly(1);
    assertThat(scores.correct()).containsExactly(true);
    assertThat(scores.unknown()).containsExactly(2);
  }

  @Test
  void blanksQuotesEmptyLinesAndByteOrderMarkDoNotMatter() throws IOException {
    var scores =
        read(
            "\ufeff\"label\" , prediction,unknown_score\r\n\r\n cat ,\"cat\",\t-1 \r\n"
                + "\" cat \",dog,+2.\r\n\"\",\"\",.5\r\n\r\n");
    assertThat(scores.known()).containsExactly(-1, 2);
    assertThat(scores.correct()).containsExactly(true, false);
    assertThat(scores.unknown()).containsExactly(0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "3,3,true",
    "3,03,true",
    "3.0,3,true",
    "+3,3.00,true",
    "3,4,false",
    "3.5,3.5,true",
    "3.5,3,false",
    "a,A,false",
    "Zelle ü,Zelle ü,true",
    "0x3,3,false",
    "12345678901234567890,12345678901234567891,false",
    "0,0.0,true"
  })
  void integersAreComparedAsNumbersAndEverythingElseAsText(
      String label, String prediction, boolean same) throws IOException {
    var scores = read(HEADER + label + "," + prediction + ",1\n,,2\n");
    assertThat(scores.correct()).containsExactly(same);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "\"\"",
        "-1",
        "-1.0",
        "-01",
        "\"-1\"",
        "-2",
        "-1.000000000000000000e+00",
        "-1E0"
      })
  void labelsOfUnknownImages(String label) throws IOException {
    assertThat(read(HEADER + "0,0,1\n" + label + ",0,2\n").unknown()).containsExactly(2);
  }

  @Test
  void anotherScoreColumnAndProbabilitiesCanBeChosen() throws IOException {
    var columns = new ScoresCsv.Columns("label", "prediction", "energy", Optional.of("p"));
    var answers =
        read(
            "p,label,prediction,unknown_score,energy\n0.9,a,a,1,5\n0.8,b,a,1,6\n,,,1,7\n", columns);
    assertThat(answers.scores().known()).containsExactly(5, 6);
    assertThat(answers.ece().orElseThrow()).isCloseTo((0.1 + 0.8) / 2, within(1e-12));
    assertThatThrownBy(() -> read("p,label,prediction,energy\n1.5,a,a,1\n,,,1\n", columns))
        .hasMessage("a.csv:2:p: '1.5' is not a probability; it must be in [0, 1]");
  }

  @Test
  void longFilesGoThroughTheBufferInPieces() throws IOException {
    int rows = 60_000;
    var text = new StringBuilder("note,label,prediction,unknown_score\n");
    for (int i = 0; i < rows; i++) {
      text.append("\"line\n").append(i).append("\",class ").append(i % 7);
      text.append(",class ").append(i % 5).append(',').append(i / 8.0).append('\n');
    }
    text.append("x".repeat(1 << 20)).append(",,,1\n");
    var scores = read(text.toString());
    assertThat(scores.known()).hasSize(rows);
    for (int i = 0; i < rows; i++) {
      assertThat(scores.known()[i] == i / 8.0 && scores.correct()[i] == (i % 7 == i % 5)).isTrue();
    }
    assertThat(scores.unknown()).containsExactly(1);
  }

  @Test
  void streamsThatGiveOneByteAtATimeAreReadToo() throws IOException {
    var slow =
        new InputStream() {
          private final InputStream bytes = stream("\ufeff" + HEADER + "a,\"a\"\"b\",1\n,,2");

          @Override
          public int read() throws IOException {
            return bytes.read();
          }

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            return bytes.read(to, offset, 1);
          }
        };
    var scores = ScoresCsv.read(slow, "slow", ScoresCsv.Columns.USUAL).scores();
    assertThat(scores.known()).containsExactly(1);
    assertThat(scores.unknown()).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "", "NaN", "nan", "inf", "-Infinity", "1e999", "1,5", "1f", "0x1p3"})
  void valuesThatAreNotFiniteNumbersAreRefused(String score) {
    assertRefused(
        HEADER + "0,0,1\n0,0,\"" + score + "\"\n,,2\n",
        "a.csv:3:unknown_score: '" + score + "' is not a finite number");
  }

  @Test
  void everyErrorSaysWhereAndWhatWouldBeRight() {
    assertRefused("", "a.csv is empty", "[label, prediction, unknown_score]");
    assertRefused("\n\n", "a.csv is empty");
    assertRefused(
        "label,pred,unknown_score\n0,0,1\n",
        "a.csv:1: no column 'prediction'",
        "the columns are [label, pred, unknown_score]");
    assertRefused("label,label,prediction,unknown_score\n", "more than one column 'label'");
    assertRefused(HEADER + "0,0\n", "a.csv:2: the row has 2 fields; the header has 3");
    assertRefused(
        HEADER + ",,1\n\ncat,,2\n", "a.csv:4:prediction: '' is not a class", "the label is 'cat'");
    assertRefused(HEADER + "0,-1,2\n", "a.csv:2:prediction: '-1' is not a class");
    assertRefused(HEADER + "0,-3,2\n", "a.csv:2:prediction: '-3' is not a class");
    assertRefused(HEADER + "0,UNKNOWN,2\n", "a.csv:2:prediction: 'UNKNOWN' is not a class");
    assertRefused(HEADER + "0,NaN,2\n", "a.csv:2:prediction: 'NaN' is not a class");
    assertRefused(HEADER + "Unknown,0,2\n", "a.csv:2:label: 'Unknown'", "empty or -1");
    assertRefused(HEADER + "nan,0,2\n", "a.csv:2:label: 'nan' is not a class", "empty or -1");
    for (var utf16 : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
      var bytes = new ByteArrayInputStream((HEADER + "0,0,1\n").getBytes(utf16));
      assertThatThrownBy(() -> ScoresCsv.read(bytes, "a.csv", ScoresCsv.Columns.USUAL))
          .hasMessage("a.csv is not UTF-8 text; it looks like UTF-16, save it as UTF-8");
    }
    assertRefused(HEADER + "0,0,\"1\n", "a.csv: Unclosed quoted field", "starting at line 2");
    assertRefused(
        HEADER + "0,\"0\"1,1\n",
        "a.csv: Unexpected character after closing quote: '1'",
        "starting at line 2");
    assertRefused(HEADER, "a.csv:label: 0 rows of known and 0 of unknown classes");
    assertRefused(HEADER + "-1,0,1\n", "0 rows of known and 1 of unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NA", "na", "N/A", "<NA>", "#N/A", "NULL", "null", "None", "-nan"})
  void wordsForMissingAreNoClasses(String word) throws IOException {
    assertRefused(
        HEADER + "cat,cat,0.1\n,cat,0.9\n" + word + ",dog,0.3\n", "a.csv:4:label: '" + word);
    var columns =
        new ScoresCsv.Columns(
            "label", "prediction", "unknown_score", Optional.empty(), Set.of(word));
    var answers = read(HEADER + "cat,cat,0.1\n,cat,0.9\n" + word + ",dog,0.3\n", columns);
    assertThat(answers.scores().unknown()).containsExactly(0.9, 0.3);
  }

  @Test
  void numbersAsNumPyWritesThemAreRead() throws IOException {
    var scores =
        read(
            HEADER
                + """
                0.000000000000000000e+00,0.000000000000000000e+00,1.000000000000000056e-01
                1.000000000000000000e+00,1.000000000000000000e+00,2.000000000000000111e-01
                -1.000000000000000000e+00,0.000000000000000000e+00,9.000000000000000222e-01
                -1.000000000000000000e+00,1.000000000000000000e+00,1.499999999999999944e-01
                """);
    assertThat(scores.known()).containsExactly(0.1, 0.2);
    assertThat(scores.correct()).containsExactly(true, true);
    assertThat(scores.unknown()).containsExactly(0.9, 0.15);
    assertThat(Auroc.of(scores.known(), scores.unknown())).isEqualTo(0.75);
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    var latin = (HEADER + "ä,å,0.1\nä,å,0.2\n,ä,0.9\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(
            () -> ScoresCsv.read(new ByteArrayInputStream(latin), "a.csv", ScoresCsv.Columns.USUAL))
        .hasMessage("a.csv is not UTF-8 text; save it as UTF-8");
  }

  @Test
  void filesAboutTheSameImagesHaveTheSameLabels() throws IOException {
    var one = read(HEADER + "3,3,0.1\n-1,3,0.2\n", ScoresCsv.Columns.USUAL);
    var same = read(HEADER + "3.0,4,0.7\n,,0.1\n", ScoresCsv.Columns.USUAL);
    var other = read(HEADER + "-1,3,0.2\n3,3,0.1\n", ScoresCsv.Columns.USUAL);
    assertThat(same.labels()).isEqualTo(one.labels());
    assertThat(other.labels()).isNotEqualTo(one.labels());
  }

  @Test
  void aStreamThatBreaksIsNamed() throws IOException {
    var closed = InputStream.nullInputStream();
    closed.close();
    assertThatThrownBy(() -> ScoresCsv.read(closed, "b.csv", ScoresCsv.Columns.USUAL))
        .isInstanceOf(IOException.class)
        .hasMessage("b.csv cannot be read: Stream closed");
  }

  @Test
  void numbersAreReadToTheLastBit() throws IOException {
    var random = new Random(11);
    var text = new StringBuilder(HEADER + "0,0,1\n");
    var expected = new ArrayList<Double>();
    while (expected.size() < 20_000) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        expected.add(value);
        text.append("-1,,").append(value).append('\n');
      }
    }
    assertThat(read(text.toString()).unknown())
        .usingElementComparator(Double::compare)
        .containsExactly(expected.toArray(Double[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "-", "+", "e5", "1e", "1e+", "--1", "1.2.3", "1 2", "1e5.0", "٣", "1e4999"
      })
  void valuesThatAreNotFiniteDecimalsAreRefused(String score) {
    assertRefused(HEADER + "0,0,1\n,," + score + "\n", "a.csv:3:unknown_score: '" + score + "'");
  }

  @ParameterizedTest
  @CsvSource({"1e-99999999999999999999,0", "0e99999,0", "00001,1", "-0.0,-0.0", "1.e2,100"})
  void unusualDecimalsAreRead(String text, double expected) throws IOException {
    assertThat(read(HEADER + "0,0,1\n,," + text + "\n").unknown()).containsExactly(expected);
  }
}

package org.openmargin.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.report.plot.Axis.Range;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.CurvePoint;

class PlotTest {
  private static Plot square() {
    return new Plot(
        "square", new Axis("x", Range.FRACTIONS, 0, 100), new Axis("y", Range.FRACTIONS, 100, 0));
  }

  @Test
  void ticksAreRoundNumbersWithinTheRange() {
    assertThat(new Axis("x", Range.FRACTIONS, 0, 100).ticks())
        .extracting(Axis.Tick::text)
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(new Axis("x", new Range(-16.3, -2.1, false), 0, 100).ticks())
        .extracting(Axis.Tick::text)
        .containsExactly("-16", "-14", "-12", "-10", "-8", "-6", "-4");
    assertThat(new Axis("x", new Range(0, 1234, false), 0, 100).ticks())
        .extracting(Axis.Tick::text)
        .containsExactly("0", "200", "400", "600", "800", "1000", "1200");
  }

  @Test
  void aLogarithmicAxisHasPowersOfTenEquallyFarApart() {
    var axis = new Axis("x", new Range(1e-5, 1e1, true), 0, 600);
    assertThat(axis.ticks())
        .extracting(Axis.Tick::text)
        .containsExactly("1e-5", "1e-4", "0.001", "0.01", "0.1", "1", "10");
    assertThat(axis.pixel(1e-2)).isEqualTo(300);
  }

  @Test
  void anAxisOfWholeNumbersHasNoFractions() {
    assertThat(new Axis("epoch", new Range(0, 2, false), 0, 100, 1).ticks())
        .extracting(Axis.Tick::text)
        .containsExactly("0", "1", "2");
  }

  @Test
  void entriesOfTheLegendNeitherCoverEachOtherNorLeaveThePlot() {
    var plot = new Plot("", new Axis("x", Range.FRACTIONS, 56, 440), square().y());
    var words = List.of("a", "accepted up to 0.3, rejected above", "b", "w".repeat(200), "c");
    words.forEach(w -> plot.dot(w, new CurvePoint(0.5, 0.5)));
    var placed = plot.placedLegend();
    assertThat(placed).extracting(p -> p.entry().words()).isEqualTo(words);
    for (var i = 0; i < placed.size(); i++) {
      var right = placed.get(i).text() + 8 * placed.get(i).shown().length();
      assertThat(right).isLessThanOrEqualTo(plot.width());
      assertThat(placed.get(i).middle()).isBetween(plot.y().from() + 50, plot.height());
      if (i > 0 && placed.get(i - 1).middle() == placed.get(i).middle()) {
        var before = placed.get(i - 1);
        assertThat(before.text() + 8 * before.shown().length()).isLessThan(placed.get(i).left());
      }
    }
    assertThat(placed.get(3).shown()).endsWith("\u2026").hasSizeLessThan(60);
    assertThat(placed.get(1).shown()).isEqualTo(words.get(1));
  }

  @Test
  void aFigureAsATableHasEveryPointOfItsLines() {
    var points = IntStream.rangeClosed(0, 5000).mapToObj(i -> new CurvePoint(i / 5e3, 1)).toList();
    var plot = square().line("curve c0", "a, \"b\"", points).dot("at", new CurvePoint(0.25, 0.5));
    var lines = new Figure("f", "F", "", plot).csv().lines().toList();
    assertThat(lines).hasSize(5003).startsWith("series,x,y", "\"a, \"\"b\"\"\",0.0,1.0");
    assertThat(lines).endsWith("at,0.25,0.5");
  }

  @Test
  void barsStandOnTheAxisAndHaveTheirMeanOnTop() {
    var plot =
        square().bars("known", "bins", List.of(new Plot.Bar(0.2, 0.4, new CurvePoint(0.3, 0.75))));
    assertThat(plot.paths())
        .containsExactly(new Plot.Path("bars known", "M20 25L40 25L40 100L20 100Z"));
    assertThat(plot.dots()).containsExactly(new CurvePoint(0.3, 0.75));
  }

  @Test
  void valuesOutsideAreClamped() {
    var axis = new Axis("x", new Range(1, 3, false), 10, 20);
    assertThat(axis.pixel(-7)).isEqualTo(10);
    assertThat(axis.pixel(2)).isEqualTo(15);
    assertThat(axis.pixel(99)).isEqualTo(20);
  }

  @Test
  void anEmptyRangeIsRefused() {
    assertThatThrownBy(() -> new Range(1, 1, false)).hasMessageContaining("cannot span 1.0 to 1.0");
    assertThatThrownBy(() -> new Range(0, 1, true)).hasMessageContaining("cannot span 0.0");
  }

  @Test
  void aLongLineIsThinnedButKeepsItsEnds() {
    var points =
        IntStream.rangeClosed(0, 10_000).mapToObj(i -> new CurvePoint(i / 1e4, i / 1e4)).toList();
    var line = square().line("curve", "", points).paths().get(0).d();
    assertThat(line).startsWith("M0 100L").endsWith("L100 0");
    assertThat(line.chars().filter(c -> c == 'L').count()).isBetween(100L, 300L);
  }

  @Test
  void anAreaIsClosedAlongTheBottom() {
    var area = square().area("under", List.of(new CurvePoint(0.2, 0.5), new CurvePoint(0.8, 1)));
    assertThat(area.paths()).containsExactly(new Plot.Path("under", "M20 50L80 0L80 100L20 100Z"));
  }

  @Test
  void equalScoresEverywhereStillGiveAHistogram() {
    double[] same = {0, 0, 0};
    var scores = new UnknownScores(same, same, new boolean[] {true, true, true});
    var plot = new ScoreHistogram(scores, 0, 460).plot("max_logit");
    assertThat(plot.x().label()).contains("max_logit").doesNotContain("logarithmic");
    assertThat(plot.toString()).doesNotContain("NaN");
  }

  @Test
  void positiveScoresOverManyPowersOfTenAreShownLogarithmically() {
    double[] known = {1e-9, 1e-8, 1e-7};
    double[] unknown = {1e-3, 1, 2};
    var scores = new UnknownScores(known, unknown, new boolean[3]);
    assertThat(new ScoreHistogram(scores, 1e-6, 960).plot("energy").x().label())
        .contains("(energy, logarithmic)");
  }

  @Test
  void numbersAreWrittenForPeople() {
    assertThat(Numbers.percent(0.98345)).isEqualTo("98.3\u202f%");
    assertThat(Numbers.exactPercent(0.05)).isEqualTo("5\u202f%");
    assertThat(Numbers.exactPercent(0.001)).isEqualTo("0.1\u202f%");
    assertThat(Numbers.images(1)).isEqualTo("1 image");
    assertThat(Numbers.images(12345)).isEqualTo("12,345 images");
    assertThat(Numbers.score(0.0123456)).isEqualTo("0.01235");
    assertThat(Numbers.score(-100)).isEqualTo("-100");
    assertThat(Numbers.score(1.23456e-9)).isEqualTo("1.23e-09");
    assertThat(Numbers.score(0)).isEqualTo("0");
  }
}

package org.openmargin.scoring.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openmargin.scoring.UnknownScores;

/** Each metric against its definition, written as plain loops, on cases full of ties. */
class MetricsOnTiesTest {
  private static final Offset<Double> EXACT = within(1e-12);

  static Stream<UnknownScores> cases() {
    return Stream.concat(
        IntStream.range(0, 100).mapToObj(seed -> randomCase(seed, 6, 12)),
        IntStream.range(100, 120).mapToObj(seed -> randomCase(seed, 150, 400)));
  }

  /** Few distinct scores around zero, so that -0.0 and 0.0 meet. */
  private static UnknownScores randomCase(int seed, int mostValues, int mostImages) {
    var random = new Random(seed);
    int values = 1 + random.nextInt(mostValues);
    var known = scores(random, values, -2, mostImages);
    var unknown = scores(random, values, -1, mostImages);
    var correct = new boolean[known.length];
    for (int i = 0; i < correct.length; i++) {
      correct[i] = random.nextInt(4) > 0;
    }
    return new UnknownScores(known, unknown, correct);
  }

  private static double[] scores(Random random, int values, int shift, int most) {
    var scores = new double[1 + random.nextInt(most)];
    for (int i = 0; i < scores.length; i++) {
      int value = random.nextInt(values) + shift;
      scores[i] = value == 0 && random.nextBoolean() ? -0.0 : value / 3.0;
    }
    return scores;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aurocIsTheMeanOverPairs(UnknownScores s) {
    double sum = 0;
    for (double k : s.known()) {
      for (double u : s.unknown()) {
        sum += k < u ? 1 : k == u ? 0.5 : 0;
      }
    }
    assertThat(Auroc.of(s.known(), s.unknown()))
        .isCloseTo(sum / s.known().length / s.unknown().length, EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oscrIsTheMeanOverPairsOfCorrectOnes(UnknownScores s) {
    double sum = 0;
    for (int i = 0; i < s.known().length; i++) {
      for (double u : s.unknown()) {
        sum += !s.correct()[i] ? 0 : s.known()[i] < u ? 1 : s.known()[i] == u ? 0.5 : 0;
      }
    }
    assertThat(Oscr.of(Sweep.of(s.known(), s.unknown(), s.correct())))
        .isCloseTo(sum / s.known().length / s.unknown().length, EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oscrStaysWithinItsBounds(UnknownScores s) {
    double acc = Accuracy.of(s.correct());
    double auroc = Auroc.of(s.known(), s.unknown());
    assertThat(Oscr.of(Sweep.of(s.known(), s.unknown(), s.correct())))
        .isBetween(auroc - (1 - acc) - 1e-12, Math.min(auroc, acc) + 1e-12);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void curvesEndWhereTheyMustAndHaveTheMetricsAsAreas(UnknownScores s) {
    var roc = OpenSetCurves.roc(s.known(), s.unknown());
    var ccr = OpenSetCurves.ccrFpr(s.known(), s.unknown(), s.correct());
    assertThat(roc).startsWith(new CurvePoint(0, 0)).endsWith(new CurvePoint(1, 1));
    assertThat(ccr)
        .startsWith(new CurvePoint(0, 0))
        .endsWith(new CurvePoint(1, Accuracy.of(s.correct())));
    assertThat(area(roc)).isCloseTo(Auroc.of(s.known(), s.unknown()), EXACT);
    assertThat(area(ccr)).isCloseTo(Oscr.of(Sweep.of(s.known(), s.unknown(), s.correct())), EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void arplCompatibleOscrJoinsThePointsThatItsIndicesDescribe(UnknownScores s) {
    record Image(double confidence, boolean correct, boolean unknown) {}
    var images = new ArrayList<Image>();
    for (int i = 0; i < s.known().length; i++) {
      images.add(new Image(0 - s.known()[i], s.correct()[i], false));
    }
    for (double u : s.unknown()) {
      images.add(new Image(0 - u, false, true));
    }
    var sorted = new ArrayList<Image>();
    for (var image : images) { // insertion keeps file order among equals
      int at = sorted.size();
      while (at > 0 && sorted.get(at - 1).confidence() > image.confidence()) {
        at--;
      }
      sorted.add(at, image);
    }
    var points = new ArrayList<CurvePoint>(List.of(new CurvePoint(0, 0)));
    for (int k = sorted.size() - 2; k >= 0; k--) {
      long fp = sorted.subList(k, sorted.size()).stream().filter(Image::unknown).count();
      long cc = sorted.subList(k + 1, sorted.size()).stream().filter(Image::correct).count();
      points.add(new CurvePoint((double) fp / s.unknown().length, (double) cc / s.known().length));
    }
    points.add(new CurvePoint(1, 1));
    assertThat(arplCompatible(s.known(), s.unknown(), s.correct())).isCloseTo(area(points), EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void precisionRecallAreaIsTheTrapezoidOverAllThresholds(UnknownScores s) {
    var thresholds = thresholds(s);
    var accept = new ArrayList<CurvePoint>(List.of(new CurvePoint(0, 1)));
    var reject = new ArrayList<CurvePoint>(List.of(new CurvePoint(0, 1)));
    for (int i = 0; i < thresholds.length; i++) {
      double upTo = thresholds[i];
      double k = countUpTo(s.known(), upTo);
      accept.add(new CurvePoint(k / s.known().length, k / (k + countUpTo(s.unknown(), upTo))));
      double from = thresholds[thresholds.length - 1 - i];
      double u = countFrom(s.unknown(), from);
      reject.add(new CurvePoint(u / s.unknown().length, u / (u + countFrom(s.known(), from))));
    }
    assertThat(Aupr.knownPositive(Sweep.of(s.known(), s.unknown()))).isCloseTo(area(accept), EXACT);
    assertThat(Aupr.unknownPositive(Sweep.of(s.known(), s.unknown())))
        .isCloseTo(area(reject), EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void detectionRatesAreTheBestOverAllThresholds(UnknownScores s) {
    double dtacc = 0.5;
    double fpr95 = 1;
    double knownFpr95 = 1;
    for (double t : thresholds(s)) {
      double tpr = countFrom(s.unknown(), t) / s.unknown().length;
      double fpr = countFrom(s.known(), t) / s.known().length;
      dtacc = Math.max(dtacc, 0.5 * (tpr + 1 - fpr));
      fpr95 = tpr >= 0.95 ? Math.min(fpr95, fpr) : fpr95;
      double acceptedKnown = countUpTo(s.known(), t) / s.known().length;
      double acceptedUnknown = countUpTo(s.unknown(), t) / s.unknown().length;
      knownFpr95 = acceptedKnown >= 0.95 ? Math.min(knownFpr95, acceptedUnknown) : knownFpr95;
    }
    assertThat(Dtacc.of(Sweep.of(s.known(), s.unknown()))).isCloseTo(dtacc, EXACT);
    assertThat(FprAt95Tpr.of(Sweep.of(s.known(), s.unknown()))).isCloseTo(fpr95, EXACT);
    assertThat(FprAt95KnownTpr.of(Sweep.of(s.known(), s.unknown()))).isCloseTo(knownFpr95, EXACT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void ccrAtFprAcceptsFewerThanThatManyUnknownImages(UnknownScores s) {
    for (double fpr : new double[] {0.01, 0.25, 0.5, 1}) {
      var sorted = DoubleStream.of(s.unknown()).sorted().toArray();
      double threshold = sorted[(int) Math.ceil(fpr * sorted.length) - 1];
      double hits =
          IntStream.range(0, s.known().length)
              .filter(i -> s.correct()[i] && s.known()[i] < threshold)
              .count();
      assertThat(CcrAtFpr.of(Sweep.of(s.known(), s.unknown(), s.correct()), fpr))
          .isCloseTo(hits / s.known().length, EXACT);
    }
  }

  /** Both definitions as loops over pairs of images. */
  @ParameterizedTest
  @MethodSource("cases")
  void riskCoverageAreasAreMeansOverPairs(UnknownScores s) {
    var all = DoubleStream.concat(DoubleStream.of(s.known()), unknown(s)).toArray();
    var failures = new boolean[all.length];
    for (int i = 0; i < all.length; i++) {
      failures[i] = i >= s.known().length || !s.correct()[i];
    }
    var open = RiskCoverage.of(Sweep.of(s));
    assertThat(open.aurc()).isCloseTo(meanRisk(all, failures), EXACT);
    assertThat(open.augrc()).isCloseTo(generalizedRisk(all, failures), EXACT);
    var closed = RiskCoverage.ofKnown(Sweep.of(s));
    assertThat(closed.aurc()).isCloseTo(meanRisk(s.known(), failures), EXACT);
    assertThat(closed.augrc()).isCloseTo(generalizedRisk(s.known(), failures), EXACT);
  }

  private static double meanRisk(double[] scores, boolean[] failures) {
    double sum = 0;
    for (double threshold : scores) {
      double failed = 0;
      for (int i = 0; i < scores.length; i++) {
        failed += scores[i] <= threshold && failures[i] ? 1 : 0;
      }
      sum += failed / countUpTo(scores, threshold);
    }
    return sum / scores.length;
  }

  /** A failure is accepted when a randomly drawn threshold image is more unknown. */
  private static double generalizedRisk(double[] scores, boolean[] failures) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      for (double threshold : scores) {
        sum += !failures[i] ? 0 : scores[i] < threshold ? 1 : scores[i] == threshold ? 0.5 : 0;
      }
    }
    return sum / scores.length / scores.length;
  }

  private static DoubleStream unknown(UnknownScores s) {
    return DoubleStream.of(s.unknown());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void orderAndIncreasingMapsChangeNothingButTheArplCompatibleOscr(UnknownScores s) {
    var bootstrap = new Bootstrap(20, 3, 0.9);
    var expected = ScorerMetrics.of("any", s, bootstrap);
    var mapped =
        new UnknownScores(
            DoubleStream.of(s.known()).map(x -> Math.atan(x / 20) - 7).toArray(),
            DoubleStream.of(s.unknown()).map(x -> Math.atan(x / 20) - 7).toArray(),
            s.correct());
    assertThat(ScorerMetrics.of("any", mapped, bootstrap)).isEqualTo(expected);
    var reversed = ScorerMetrics.of("any", reversed(s), bootstrap);
    assertThat(reversed.intervals()).isEqualTo(expected.intervals());
    for (var metric : Metric.values()) {
      if (metric != Metric.OSCR_ARPL_COMPATIBLE) {
        assertThat(reversed.value(metric)).as(metric.label()).isEqualTo(expected.value(metric));
      }
    }
  }

  private static UnknownScores reversed(UnknownScores s) {
    int n = s.known().length;
    var correct = new boolean[n];
    var known = new double[n];
    for (int i = 0; i < n; i++) {
      correct[i] = s.correct()[n - 1 - i];
      known[i] = s.known()[n - 1 - i];
    }
    var unknown = s.unknown().clone();
    for (int i = 0; i < unknown.length; i++) {
      unknown[i] = s.unknown()[unknown.length - 1 - i];
    }
    return new UnknownScores(known, unknown, correct);
  }

  private static double countUpTo(double[] scores, double threshold) {
    return DoubleStream.of(scores).filter(x -> x <= threshold).count();
  }

  private static double countFrom(double[] scores, double threshold) {
    return DoubleStream.of(scores).filter(x -> x >= threshold).count();
  }

  private static double[] thresholds(UnknownScores s) {
    return DoubleStream.concat(DoubleStream.of(s.known()), DoubleStream.of(s.unknown()))
        .map(x -> x + 0.0)
        .sorted()
        .distinct()
        .toArray();
  }

  private static double area(List<CurvePoint> points) {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      var a = points.get(i - 1);
      var b = points.get(i);
      area += (b.fpr() - a.fpr()) * (a.rate() + b.rate()) / 2;
    }
    return area;
  }

  private static double arplCompatible(double[] known, double[] unknown, boolean[] correct) {
    return Metric.OSCR_ARPL_COMPATIBLE.of(new UnknownScores(known, unknown, correct));
  }
}

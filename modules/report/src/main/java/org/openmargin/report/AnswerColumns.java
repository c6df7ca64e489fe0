package org.openmargin.report;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ScorerResult;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.numeric.LogSumExp;

/**
 * Further columns of {@code predictions.csv}, a value for each answer.
 *
 * @param scores unknown scores by name of the scorer; lacks scorers without a column
 * @param probabilities of the predicted class, by the softmax over the known classes; empty if the
 *     file has no logits
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
public record AnswerColumns(Map<String, double[]> scores, Optional<double[]> probabilities) {

  static AnswerColumns read(
      ResultFiles files, EvaluationReport evaluation, List<TestAnswer> answers) {
    return TestAnswer.rows(files, rows -> of(rows.toList(), evaluation, answers));
  }

  private static AnswerColumns of(
      List<NamedCsvRecord> rows, EvaluationReport evaluation, List<TestAnswer> answers) {
    var header = rows.isEmpty() ? List.<String>of() : rows.get(0).getHeader();
    var scores = new LinkedHashMap<String, double[]>();
    evaluation.getScorersList().stream()
        .map(ScorerResult::getName)
        .filter(header::contains)
        .forEach(name -> scores.put(name, column(rows, name)));
    var logits = evaluation.getKnownClassesList().stream().map(name -> "logit_" + name).toList();
    return new AnswerColumns(
        scores,
        header.containsAll(logits)
            ? Optional.of(probabilities(rows, logits, answers))
            : Optional.empty());
  }

  private static double[] column(List<NamedCsvRecord> rows, String name) {
    var values = rows.stream().mapToDouble(row -> Double.parseDouble(row.getField(name))).toArray();
    if (DoubleStream.of(values).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("a value of the column " + name + " is not a number");
    }
    return values;
  }

  private static double[] probabilities(
      List<NamedCsvRecord> rows, List<String> columns, List<TestAnswer> answers) {
    var probabilities = new double[rows.size()];
    var logits = new float[columns.size()];
    for (var i = 0; i < probabilities.length; i++) {
      for (var c = 0; c < logits.length; c++) {
        logits[c] = Float.parseFloat(rows.get(i).getField(columns.get(c)));
      }
      probabilities[i] =
          Math.exp(
              -LogSumExp.minusLogProbability(logits, logits.length, answers.get(i).prediction()));
    }
    return probabilities;
  }

  /** The scores of a scorer, split by truth. */
  UnknownScores unknownScores(String scorer, List<TestAnswer> answers) {
    return TestAnswer.unknownScores(answers, scores.get(scorer));
  }

  /** Probabilities of known images, if the file has them. */
  Optional<double[]> ofKnown(List<TestAnswer> answers) {
    return probabilities.map(all -> TestAnswer.ofGroup(answers, all, true));
  }
}

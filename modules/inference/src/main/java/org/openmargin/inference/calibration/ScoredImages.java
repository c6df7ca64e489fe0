package org.openmargin.inference.calibration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.data.DataException;
import org.openmargin.data.WorkListener;
import org.openmargin.inference.FileAnswer;
import org.openmargin.inference.FileClassifier;
import org.openmargin.serving.Classification;
import org.openmargin.serving.Reason;

/**
 * What a model says about files: those that it could score, and those that cannot be used.
 *
 * @param files scored, in their order
 * @param answers to them
 * @param rows of the scored files among all files
 * @param unusable all others, each with its reason
 */
public record ScoredImages(
    List<Path> files, List<Classification> answers, List<Integer> rows, List<FileAnswer> unusable) {

  public ScoredImages {
    files = List.copyOf(files);
    answers = List.copyOf(answers);
    rows = List.copyOf(rows);
    unusable = List.copyOf(unusable);
  }

  /**
   * Scores files.
   *
   * @param what for the progress
   * @throws DataException if the model gives a number that is not finite: a model that does so
   *     cannot be calibrated
   */
  public static ScoredImages of(
      FileClassifier classifier, List<Path> files, String what, WorkListener work) {
    var scored = new ArrayList<Path>();
    var answers = new ArrayList<Classification>();
    var rows = new ArrayList<Integer>();
    var unusable = new ArrayList<FileAnswer>();
    var all = new ArrayList<FileAnswer>();
    classifier.classify(
        files,
        some -> {
          all.addAll(some);
          work.at(what, all.size(), files.size());
        });
    for (var row = 0; row < all.size(); row++) {
      var answer = all.get(row);
      if (answer.reason().equals(Reason.NOT_FINITE.code())) {
        throw new DataException(
            "%s: the model gives a number that is not finite: it can neither be calibrated nor trusted"
                .formatted(answer.file()));
      }
      if (answer.classification().isEmpty()) {
        unusable.add(answer);
      } else {
        scored.add(answer.file());
        answers.add(answer.classification().get());
        rows.add(row);
      }
    }
    if (scored.isEmpty()) {
      throw new DataException(
          "none of the %d files can be used; the first, %s, is %s"
              .formatted(files.size(), all.get(0).file(), all.get(0).detail()));
    }
    return new ScoredImages(scored, answers, rows, unusable);
  }

  /** Unknown scores. */
  public double[] scores() {
    return answers.stream().mapToDouble(Classification::unknownScore).toArray();
  }

  /** Indices of the best known classes. */
  public int[] predicted(List<String> classNames) {
    return answers.stream().mapToInt(a -> classNames.indexOf(a.bestKnownLabel())).toArray();
  }

  public long rejected() {
    return answers.stream().filter(Classification::unknown).count();
  }

  /** True classes of the scored files. */
  int[] labels(LabelledImages images) {
    return rows.stream().mapToInt(row -> images.labels().get(row)).toArray();
  }
}

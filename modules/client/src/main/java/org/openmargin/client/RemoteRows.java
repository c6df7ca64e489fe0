package org.openmargin.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.serving.Classification;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.Reason;

/**
 * The answers in a server's columns.
 *
 * @param classNames in label order
 */
record RemoteRows(List<String> classNames, Map<String, Column> columns) {
  /** All but the logits and the embedding. */
  static final List<String> OUTPUTS =
      List.of(
          ModelContract.BEST_KNOWN_INDEX,
          ModelContract.IS_UNKNOWN,
          ModelContract.UNKNOWN_SCORE,
          ModelContract.INPUT_IS_UNUSUAL,
          ModelContract.REASON,
          ModelContract.PROBABILITIES);

  private static final float[] NO_EMBEDDING = {};

  /**
   * @throws ModelException if there are other than so many
   */
  List<Classification> of(int count) {
    for (var name : OUTPUTS) {
      if (RemoteModel.column(columns, name).rows() != count) {
        throw new ModelException(
            "the server's answer has %d rows of '%s' for %d files"
                .formatted(columns.get(name).rows(), name, count));
      }
    }
    var rows = new ArrayList<Classification>();
    for (var i = 0; i < count; i++) {
      rows.add(row(i));
    }
    return rows;
  }

  private Classification row(int i) {
    var best = (int) columns.get(ModelContract.BEST_KNOWN_INDEX).number(i);
    var unknown = columns.get(ModelContract.IS_UNKNOWN).bool(i);
    var name = best < 0 || best >= classNames.size() ? ModelContract.UNKNOWN : classNames.get(best);
    var reason = Reason.of(columns.get(ModelContract.REASON).string(i));
    return new Classification(
        unknown ? ModelContract.UNKNOWN : name,
        unknown,
        // A float, whatever digits it was written with.
        (float) columns.get(ModelContract.UNKNOWN_SCORE).number(i),
        name,
        columns.get(ModelContract.PROBABILITIES).row(i),
        NO_EMBEDDING,
        columns.get(ModelContract.INPUT_IS_UNUSUAL).bool(i),
        reason,
        reason.text());
  }

  /** A row without an answer. */
  static Classification none(int classes, String why) {
    return new Classification(
        ModelContract.UNKNOWN,
        true,
        ModelContract.NO_SCORE,
        ModelContract.UNKNOWN,
        new float[classes],
        NO_EMBEDDING,
        false,
        Reason.NO_ANSWER,
        Reason.NO_ANSWER.text() + ": " + why);
  }
}

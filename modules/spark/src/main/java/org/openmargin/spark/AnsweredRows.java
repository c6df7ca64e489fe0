package org.openmargin.spark;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows of any table to the same rows with an answer at the end.
 *
 * @param column of the contents
 */
record AnsweredRows(ArchiveScorer scorer, int column) implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Queue<Row> waiting = new ArrayDeque<>();
    var items =
        new Iterator<ArchiveItem>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public ArchiveItem next() {
            var row = rows.next();
            waiting.add(row);
            return item(row);
          }
        };
    var answers = scorer.score(items);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return answers.hasNext();
      }

      @Override
      public Row next() {
        var answer = AnswerSchema.ANSWER.row(answers.next());
        return with(waiting.remove(), answer);
      }
    };
  }

  private ArchiveItem item(Row row) {
    return row.isNullAt(column)
        ? new ArchiveItem.Absent("")
        : new ArchiveItem.Stored("", (byte[]) row.get(column));
  }

  private static Row with(Row row, Row answer) {
    var values = new Object[row.size() + 1];
    for (var i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    values[row.size()] = answer;
    return RowFactory.create(values);
  }
}

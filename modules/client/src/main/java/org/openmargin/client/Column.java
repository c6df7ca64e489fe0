package org.openmargin.client;

import java.util.List;
import java.util.Locale;
import org.openmargin.serving.ModelException;

/**
 * An output of a call: [rows, ...], row-major.
 *
 * @param values strings, booleans, and doubles for numbers of any type
 */
record Column(int rows, List<Object> values) {

  Column {
    if (rows < 0 || (rows == 0 ? !values.isEmpty() : values.size() % rows != 0)) {
      throw new ModelException(
          "the server's answer has %d values for %d rows".formatted(values.size(), rows));
    }
  }

  int width() {
    return rows == 0 ? 0 : values.size() / rows;
  }

  String string(int index) {
    return get(index, String.class);
  }

  boolean bool(int index) {
    return get(index, Boolean.class);
  }

  double number(int index) {
    return get(index, Double.class);
  }

  float[] row(int row) {
    var numbers = new float[width()];
    for (var i = 0; i < numbers.length; i++) {
      numbers[i] = (float) number(row * numbers.length + i);
    }
    return numbers;
  }

  private <T> T get(int index, Class<T> type) {
    if (index >= values.size() || !type.isInstance(values.get(index))) {
      throw new ModelException(
          "the server's answer has no %s where one is due"
              .formatted(type.getSimpleName().toLowerCase(Locale.ROOT)));
    }
    return type.cast(values.get(index));
  }
}

package org.openmargin.benchmark;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.openmargin.benchmark.table.BenchmarkMetric;
import org.openmargin.config.v1.TrialResult;

/**
 * Rounds the measured figures of a result: every {@code double} to 6 significant digits. Counts,
 * seeds, digests and texts are other types and stay as they are. So do {@link BenchmarkMetric}s,
 * from which tables are computed: rounding could make or break ties, and ties decide tests.
 */
final class SignificantDigits {
  private static final MathContext SIX = new MathContext(6, RoundingMode.HALF_EVEN);

  private static final Set<String> EXACT =
      Arrays.stream(BenchmarkMetric.values())
          .map(metric -> metric.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private SignificantDigits() {}

  static TrialResult round(TrialResult result) {
    return (TrialResult) round((Message) result);
  }

  private static Message round(Message message) {
    var rounded = message.toBuilder();
    message
        .getAllFields()
        .forEach(
            (field, value) ->
                rounded.setField(
                    field,
                    field.isRepeated()
                        ? ((List<?>) value).stream().map(one -> round(field, one)).toList()
                        : round(field, value)));
    return rounded.build();
  }

  private static Object round(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case DOUBLE -> EXACT.contains(field.getName()) ? value : round((Double) value);
      case MESSAGE -> round((Message) value);
      default -> value;
    };
  }

  private static Object round(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(SIX).doubleValue() : value;
  }
}

package org.openmargin.report;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.config.v1.EvaluationReport.ImageSet;
import org.openmargin.config.v1.EvaluationReport.ScorerResult;

/** The fields that every evaluation has. */
final class RequiredFields {
  /** Fields that an evaluation may lack; with the message's name where only there. */
  private static final Set<String> OPTIONAL =
      Set.of(
          "intervals",
          "bootstrap",
          "rehearsal",
          "unattainable_alphas",
          "foreign",
          "sets",
          "guard",
          "accepted_as",
          "accepted_as_images",
          "unreadable",
          "open_set_not_measured",
          "unfinished",
          "warnings",
          "Threshold.known_rejection_rate",
          "Threshold.unknown_rejection_rate",
          "train_by_class",
          "validation_by_class",
          "fitted");

  /** Fields that it lacks without test images of unknown classes. */
  private static final Set<String> OPEN_SET =
      Set.of(
          "EvaluationReport.auroc",
          "EvaluationReport.oscr",
          "EvaluationReport.unknown_classes",
          "Decision.unknown_rejection_rate",
          "Decision.macro_f1",
          "Guard.unknown_rate",
          "Intervals.auroc",
          "Intervals.oscr");

  private RequiredFields() {}

  /**
   * Missing fields, as paths; scorers and sets may lack any, because a metric can be newer than the
   * file.
   */
  static Stream<String> missing(EvaluationReport report) {
    var counts = report.getCounts();
    var closed = counts.hasUnknownTest() && counts.getUnknownTest() == 0;
    return missing(report, "", closed);
  }

  private static Stream<String> missing(MessageOrBuilder message, String parent, boolean closed) {
    return message.getDescriptorForType().getFields().stream()
        .flatMap(
            field -> {
              var path = parent + field.getJsonName();
              var values = values(message, field);
              if (values.isEmpty()) {
                return isOptional(field, closed) ? Stream.empty() : Stream.of(path);
              }
              return values.stream()
                  .filter(value -> value instanceof Message && !mayLackAny(value))
                  .flatMap(value -> missing((Message) value, path + ".", closed));
            });
  }

  private static boolean mayLackAny(Object message) {
    return message instanceof ScorerResult || message instanceof ImageSet;
  }

  private static boolean isOptional(FieldDescriptor field, boolean closed) {
    var full = field.getContainingType().getName() + "." + field.getName();
    return OPTIONAL.contains(field.getName())
        || OPTIONAL.contains(full)
        || (closed && OPEN_SET.contains(full));
  }

  private static List<?> values(MessageOrBuilder message, FieldDescriptor field) {
    if (field.isRepeated()) {
      return (List<?>) message.getField(field);
    }
    return message.hasField(field) ? List.of(message.getField(field)) : List.of();
  }
}

package org.openmargin.config;

import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import org.openmargin.v1.ExperimentConfig;
import org.openmargin.v1.ExportConfig;
import org.openmargin.v1.MultistepSchedule;
import org.openmargin.v1.TrainingConfig;

/**
 * The one place where defaults become values: those of the schema ({@code [default = ...]}), and
 * those of lists, which a schema can only name in a comment. Choices (oneofs) and required messages
 * are never invented.
 */
final class Defaults {
  private static final List<Double> AT_FRACTIONS = List.of(0.5, 0.75);
  private static final List<Double> FURTHER_ALPHAS = List.of(0.01, 0.02, 0.1, 0.2);

  private Defaults() {}

  /** Sets every unset field of {@code experiment} that has a default. */
  static void fill(ExperimentConfig.Builder experiment) {
    fillMessage(experiment);
    if (experiment.hasTraining()) {
      fillSteps(experiment.getTrainingBuilder());
    }
    ExportConfig.Builder export = experiment.getExportBuilder();
    if (export.getFurtherAlphasCount() == 0) {
      export.addAllFurtherAlphas(FURTHER_ALPHAS);
    }
  }

  private static void fillSteps(TrainingConfig.Builder training) {
    if (!training.hasMultistep()) {
      return;
    }
    MultistepSchedule.Builder multistep = training.getMultistepBuilder();
    if (multistep.getAtFractionsCount() == 0) {
      multistep.addAllAtFractions(AT_FRACTIONS);
    }
  }

  private static void fillMessage(Message.Builder message) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.isRepeated()) {
        continue;
      }
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        if (field.hasDefaultValue() && !message.hasField(field)) {
          message.setField(field, field.getDefaultValue());
        }
      } else if (message.hasField(field) || isOptional(field)) {
        fillMessage(message.getFieldBuilder(field));
      }
    }
  }

  private static boolean isOptional(FieldDescriptor field) {
    return field.getContainingOneof() == null
        && !field.getOptions().getExtension(ValidateProto.field).getRequired();
  }
}

package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.config.text.Draft;
import org.openmargin.config.text.Source;
import org.openmargin.config.text.TextBinder;
import org.openmargin.config.text.TextParser;
import org.openmargin.config.v1.ExperimentConfig;

/** protobuf's own text format is the oracle of our parser and of our printer. */
class TextFormatAgreementTest {

  private static ExperimentConfig bound(String text) {
    var source = Source.file("x", text);
    var experiment = ExperimentConfig.newBuilder();
    var draft = new Draft(experiment);
    var document = new TextParser(source, draft.problems()).document();
    new TextBinder(source, draft).bind(document, experiment, "");
    assertThat(draft.problems()).isEmpty();
    return experiment.build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing\n\n   # but comments",
        "name: 'a' 'b' \"c\"",
        "description: \"tab\\t quote\\\" \\x41 \\101 \\u00e9 é 'x'\"",
        "training < epochs: 0x10; batch_size: 010, > runtime{seed:-9223372036854775808}",
        "training: { warmup_epochs: 1.5f gradient_clip_norm: inf adam { epsilon: .5e-3 beta1: -1. } }",
        "data { known_classes: [] }",
        "data { known_classes: 1 known_classes: [2, 3] known_classes: 4 }",
        "runtime { deterministic: t device: CPU } model { resnet { zero_init_last_norm_scale: 1 } }",
        "loss { custom { name: 'x' parameters { key: 'a' value: 'b' } parameters: [{ key: 'c' }] } }",
        "scoring { scorers: [ENERGY, MAX_LOGIT] } training { constant {} }",
        "loss { omcl { target_margin: -inf threshold: nan parts: OSS } }\r\nname: 'x'\r\n",
      })
  void whatProtobufReadsWeReadAlike(String text) throws TextFormat.ParseException {
    assertThat(bound(text)).isEqualTo(TextFormat.parse(text, ExperimentConfig.class));
  }

  @Test
  void randomExperimentsPassThroughBothPrintersAndBothParsers() throws TextFormat.ParseException {
    var random = new Random(4);
    for (int i = 0; i < 200; i++) {
      var builder = ExperimentConfig.newBuilder();
      fill(builder, random);
      var experiment = builder.build();

      assertThat(TextFormat.parse(Experiments.print(experiment), ExperimentConfig.class))
          .isEqualTo(experiment);
      assertThat(bound(Experiments.print(experiment))).isEqualTo(experiment);
      assertThat(bound(TextFormat.printer().printToString(experiment))).isEqualTo(experiment);
    }
  }

  @Test
  void whatExplainWritesIsATextProtoOfTheSameExperiment() throws TextFormat.ParseException {
    var experiment = Experiments.parse(Texts.VALID, "x", List.of());
    assertThat(TextFormat.parse(Experiments.explain(experiment), ExperimentConfig.class))
        .isEqualTo(experiment);
  }

  private static void fill(Message.Builder message, Random random) {
    for (var field : message.getDescriptorForType().getFields()) {
      boolean inner = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (random.nextInt(4) == 0 || field.isMapField()) {
        continue;
      }
      if (inner && field.isRepeated()) {
        var element = message.newBuilderForField(field);
        fill(element, random);
        message.addRepeatedField(field, element.build());
      } else if (inner) {
        fill(message.getFieldBuilder(field), random);
      } else if (field.isRepeated()) {
        message.addRepeatedField(field, value(field, random));
        message.addRepeatedField(field, value(field, random));
      } else {
        message.setField(field, value(field, random));
      }
    }
  }

  private static Object value(FieldDescriptor field, Random random) {
    return switch (field.getJavaType()) {
      case INT -> random.nextInt();
      case LONG -> random.nextLong();
      case DOUBLE ->
          random.nextBoolean()
              ? Double.longBitsToDouble(random.nextLong() & ~(1L << 62))
              : random.nextInt(100000) / 100.0;
      case FLOAT -> random.nextFloat();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(random);
      case ENUM ->
          field
              .getEnumType()
              .getValues()
              .get(1 + random.nextInt(field.getEnumType().getValues().size() - 1));
      case BYTE_STRING, MESSAGE -> throw new AssertionError(field);
    };
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint("ab\"'\\\n\t\r\u0001#{é€\uD83D\uDE00".codePointAt(random.nextInt(13)));
    }
    return text.toString();
  }
}

package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openmargin.config.v1.ExperimentConfig;

class DefaultsTest {
  /**
   * Digests leave defaults out. Add new lines to {@code defaults.txt}; if the value of a line
   * changes, also raise {@code Digest.DEFAULTS}, or old results would pass for new ones.
   */
  @Test
  void noDefaultChangesUnnoticed() throws IOException {
    try (var list = DefaultsTest.class.getResourceAsStream("defaults.txt")) {
      var pinned = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(defaults()).isEqualTo(pinned);
    }
  }

  @Test
  void clearingUndoesFilling() {
    var given = Experiments.parse(Texts.VALID, "x.textproto", java.util.List.of()).toBuilder();
    var cleared = given.clone();
    Defaults.clear(cleared);
    assertThat(cleared.build()).isNotEqualTo(given.build());
    assertThat(cleared.getLoss().hasOmcl()).as("a choice stays, even when empty").isTrue();
    Defaults.fill(cleared);
    assertThat(cleared.build()).isEqualTo(given.build());
  }

  private static String defaults() {
    var lines = new TreeMap<String, Object>();
    collect(ExperimentConfig.getDescriptor(), new TreeSet<>(), lines);
    var text = new StringBuilder();
    lines.forEach((field, value) -> text.append(field).append(" = ").append(value).append('\n'));
    return text.toString();
  }

  private static void collect(Descriptor message, Set<String> seen, Map<String, Object> lines) {
    if (!seen.add(message.getFullName())) {
      return;
    }
    for (var field : message.getFields()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        collect(field.getMessageType(), seen, lines);
      } else {
        Defaults.of(field).ifPresent(value -> lines.put(field.getFullName(), value));
      }
    }
  }
}

package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmargin.serving.ModelException;

class JsonTest {

  @Test
  void valuesNestAndStringsAreEscaped() {
    var value =
        Description.ordered(
            "text", "a \"quoted\" \\ line\nand\ttab é",
            "numbers", List.of(1, -2.5, 1e-300),
            "yes", true,
            "empty", Map.of(),
            "none", List.of(),
            "objects", List.of(Map.of("a", 1), Map.of()));

    assertThat(Json.of(value))
        .isEqualTo(
            """
            {
              "text": "a \\"quoted\\" \\\\ line\\nand\\u0009tab é",
              "numbers": [1, -2.5, 1.0E-300],
              "yes": true,
              "empty": {},
              "none": [],
              "objects": [
                {
                  "a": 1
                },
                {}
              ]
            }
            """);
  }

  @Test
  void numbersThatJsonCannotHoldAreRefused() {
    assertThatThrownBy(() -> Json.of(List.of(Double.NaN)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Json.of(List.of(Float.POSITIVE_INFINITY)))
        .isInstanceOf(ModelException.class);
  }
}

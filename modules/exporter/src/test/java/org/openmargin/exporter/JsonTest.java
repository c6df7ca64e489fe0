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
        Json.object(
            "text", "a \"quoted\" \\ line\nand\ttab é > 0",
            "numbers", List.of(1, -2.5, 1e-300),
            "yes", true,
            "empty", Map.of(),
            "none", List.of(),
            "objects", List.of(Map.of("a", 1), Map.of()));

    assertThat(Json.indented(value))
        .isEqualTo(
            """
            {
              "text": "a \\"quoted\\" \\\\ line\\nand\\ttab é > 0",
              "numbers": [
                1,
                -2.5,
                1.0E-300
              ],
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
    assertThat(Json.compact(Json.object("a", List.of(1, 2.5f), "b", new float[][] {{1e-5f}})))
        .isEqualTo("{\"a\":[1,2.5],\"b\":[[1.0E-5]]}\n");
  }

  @Test
  void numbersThatJsonCannotHoldAreRefused() {
    assertThatThrownBy(() -> Json.indented(List.of(Double.NaN)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Json.compact(new float[] {Float.POSITIVE_INFINITY}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("Infinity");
  }
}

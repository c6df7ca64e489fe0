package org.openmargin.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @Test
  void everyKindOfValueIsRead() {
    var json =
        JsonText.object(
            " {\"a\": [1, -2.5e-3, []], \"b\\n\\u00e9\": {\"c\": true}, \"d\": null, \"e\": \"\"} ");
    assertThat(json)
        .containsEntry("a", List.of(1.0, -0.0025, List.of()))
        .containsEntry("b\né", Map.of("c", true))
        .containsEntry("d", Optional.empty())
        .containsEntry("e", "");
    assertThat(JsonText.object("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{",
        "{\"a\"}",
        "{\"a\": }",
        "{\"a\": 1,}",
        "{\"a\": 01}",
        "{\"a\": NaN}",
        "{\"a\": [1 2]}",
        "{\"a\": [,]}",
        "{\"a\": \"}",
        "{\"a\": \"\\x\"}",
        "{} x",
        "{\"a\": tru}",
        "{\"a\": t rue}",
        "{\"a\": 1, \"a\": 2}",
        "{a: 1}",
        "{\"a\": \"\\u12\"}"
      })
  void whatIsNoJsonObjectIsRefused(String text) {
    assertThatThrownBy(() -> JsonText.object(text)).isInstanceOf(ModelException.class);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> JsonText.object("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(ModelException.class);
  }
}

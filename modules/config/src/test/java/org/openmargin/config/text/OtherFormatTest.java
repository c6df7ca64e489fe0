package org.openmargin.config.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.config.Experiments;

class OtherFormatTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"a\"}",
        "{",
        "# comment\n\n  {\n}",
        "[\n 1\n]",
        "[{\"a\": 1}]",
      })
  void json(String text) {
    assertThat(OtherFormat.of(text)).contains("JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: a\ntraining:\n  epochs: 3\n",
        "---\nname: a\n",
        "classes:\n- a\n- b\n",
        "data:\n\n  # where\n  folder:\n    path: x\n",
        "data: # images\n    path: x\n",
      })
  void yaml(String text) {
    assertThat(OtherFormat.of(text)).contains("YAML");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[training]\nepochs = 3\n", "epochs = 3\n", "name=\"a\""})
  void toml(String text) {
    assertThat(OtherFormat.of(text)).contains("TOML");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "name: \"a\"\ntraining {\n  epochs: 3\n}\n",
        "training:\n{\n  epochs: 3\n}\n",
        "name:\n  \"a\"\n",
        "known_classes: [\n  1,\n  2\n]\n",
        "training: { epochs: 3 }",
        "known_classes:\n  [1, 2]\n",
      })
  void textProtosAreLeftAlone(String text) {
    assertThat(OtherFormat.of(text)).isEmpty();
  }

  @Test
  void oneProblemSaysIt() {
    assertThatThrownBy(
            () -> Experiments.parse("name: a\ntraining:\n  epochs: 3\n", "a.yaml", List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("a.yaml: this is YAML; a text proto is expected");
  }
}

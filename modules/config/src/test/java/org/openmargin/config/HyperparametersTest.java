package org.openmargin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HyperparametersTest {
  private static final String TEXT =
      """
      name: "secret"
      data { folder { path: "/home/me/images" } known_class_names: ["a", "b"] image_size_px: 32 }
      model { resnet {} }
      loss { omcl {} }
      training { adam { learning_rate: 0.003 } constant {} sampling: BALANCED }
      """;

  @Test
  void numbersTextsAndTruthValuesByPath() {
    var values = Hyperparameters.of(Experiments.parse(TEXT, "t", List.of("runtime.seed=3")));
    assertThat(values.get("training.adam.learning_rate").getNumberValue()).isEqualTo(0.003);
    assertThat(values.get("training.optimizer").getStringValue()).isEqualTo("adam");
    assertThat(values.get("training.sampling").getStringValue()).isEqualTo("balanced");
    assertThat(values.get("training.augmentation.horizontal_flip").getBoolValue()).isTrue();
    assertThat(values.get("data.known_class_names").getStringValue()).isEqualTo("[\"a\", \"b\"]");
    assertThat(values.get("runtime.seed").getNumberValue()).isEqualTo(3);
    assertThat(values.keySet()).startsWith("loss.kind", "training.optimizer", "training.epochs");
    // Defaults are settings, too.
    assertThat(values.get("training.epochs").getNumberValue()).isEqualTo(20);
  }

  @Test
  void placesAndNamesAreNone() {
    var values = Hyperparameters.of(Experiments.parse(TEXT, "t", List.of()));
    assertThat(values).doesNotContainKeys("name", "description", "data.folder.path");
    assertThat(values.toString()).doesNotContain("/home/me", "secret");
  }

  @Test
  void elementsOfListsAreNamedAsInDifferences() {
    var text =
        TEXT.replace(
            "folder { path: \"/home/me/images\" }",
            """
            merged {
              sources { name: 'here' folder { path: 'a' } }
              sources { folder { path: 'b' } renamed_classes { from: 'x' to: 'a' } }
            }
            """);
    var experiment = Experiments.parse(text, "t", List.of());
    assertThat(Hyperparameters.of(experiment).keySet())
        .contains("data.merged.sources.here.source", "data.merged.sources.1.renamed_classes.0.from")
        .containsExactlyInAnyOrderElementsOf(Experiments.decidingFields(experiment).keySet());
  }
}

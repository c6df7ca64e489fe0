package org.openmargin.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServingNotesTest {

  /** Quoted, because YAML reads a few words and all numbers as something else. */
  @ParameterizedTest
  @CsvSource({
    "blood, blood",
    "Blood_Cells.v2, blood-cells-v2",
    "3cells, model-3cells",
    "on, on",
    "1e3, model-1e3",
    "a-, a",
    "a._-b, a-b"
  })
  void aServiceHasANameThatKubernetesTakes(String model, String name) throws IOException {
    var text = ServingNotes.kubernetes(model);

    assertThat(text)
        .contains("name: \"%s\"".formatted(name), "{app: \"%s\"}".formatted(name))
        .contains("/v1/models/%s/metadata".formatted(model))
        .doesNotContain("@");
  }

  @Test
  void aLongNameIsCutWhereNoDashIsLast() throws IOException {
    var text = ServingNotes.kubernetes("a".repeat(62) + "-b");

    assertThat(text).contains("name: \"%s\"".formatted("a".repeat(62)));
  }
}

package org.openmargin.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

  @ParameterizedTest
  @CsvSource({"'','',0", "abc,abc,0", "abc,'',3", "abc,acb,1", "kitten,sitting,3", "ca,abc,3"})
  void distanceCountsEditsAndSwaps(String a, String b, int edits) {
    assertThat(Suggestions.distance(a, b)).isEqualTo(edits);
    assertThat(Suggestions.distance(b, a)).isEqualTo(edits);
  }

  @Test
  void onlyASlipOfTheHandIsCorrected() {
    var names = List.of("adam", "adamw", "sgd");
    assertThat(Suggestions.nearest("ADAM", names)).contains("adam");
    assertThat(Suggestions.nearest("adm", names)).contains("adam");
    assertThat(Suggestions.nearest("lbfgs", names)).isEmpty();
  }
}

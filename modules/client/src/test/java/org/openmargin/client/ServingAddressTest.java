package org.openmargin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServingAddressTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:8500, grpc://localhost:8500",
    "localhost, grpc://localhost:8500",
    "localhost:8501, http://localhost:8501",
    "localhost:9000, grpc://localhost:9000",
    "[::1]:8500, grpc://[::1]:8500",
    "GRPCS://models.example:443, grpcs://models.example:443",
    "grpc://localhost:8501, grpc://localhost:8501",
    "http://models.example, http://models.example:8501",
    "https://models.example/a/b/, https://models.example:443/a/b"
  })
  void addressesAreRead(String text, String meaning) {
    assertThat(ServingAddress.parse(text)).hasToString(meaning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":8500",
        "host:port",
        "host:70000",
        "ftp://host",
        "grpc://host/path",
        "a b:8500",
        "http://user:secret@host",
        "http://host?x=1"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> ServingAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no address of a server");
  }

  @Test
  void aNameMayHaveAVersion() {
    assertThat(RemoteName.parse("blood").version()).isEmpty();
    assertThat(RemoteName.parse("blood/12").version()).hasValue(12);
    assertThat(RemoteName.parse("blood/12").model()).isEqualTo("blood");
    for (var text : new String[] {"", "a/b", "savedmodels/mine/2", "../mine", "blood/"}) {
      assertThatThrownBy(() -> RemoteName.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is no model on a server");
    }
  }
}

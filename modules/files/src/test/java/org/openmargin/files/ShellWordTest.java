package org.openmargin.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "runs/mine-1, runs/mine-1",
        "größe/细胞, größe/细胞",
        "my run, 'my run'",
        "it's, 'it'\\''s'",
        "a$b, 'a$b'",
        "a;b, 'a;b'",
        "(1), '(1)'",
        "--run, --run",
        "~/runs, '~/runs'"
      })
  void whatTheShellWouldChangeIsQuoted(String text, String word) {
    assertThat(ShellWord.posix(text)).isEqualTo(word);
  }

  @Test
  void anEmptyWordIsQuotedToo() {
    assertThat(ShellWord.posix("")).isEqualTo("''");
    assertThat(ShellWord.windows("C:\\my run")).isEqualTo("\"C:\\my run\"");
    assertThat(ShellWord.windows("C:\\run")).isEqualTo("C:\\run");
  }

  @Test
  void aMissingPathIsExplained() {
    var home = System.getProperty("user.home");
    assertThat(PathHints.missing(Path.of("~/cells"))).endsWith("write " + home + "/cells");
    assertThat(PathHints.missing(Path.of("C:\\data\\cells"))).contains("separated by /");
    assertThat(PathHints.missing(Path.of("C:\temp"))).contains("control characters");
    assertThat(PathHints.missing(Path.of("celz"))).startsWith("; the working directory is ");
    assertThat(PathHints.missing(Path.of("/celz"))).isEmpty();
  }
}

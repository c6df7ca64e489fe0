package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The READMEs: the first is short, and every link leads to a file. */
class ReadmesTest {
  private static final Pattern LINK_TO_FILE = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  @Test
  void theFirstPageIsShort() throws IOException {
    assertThat(Files.size(CommandLineRun.REPOSITORY.resolve("README.md"))).isLessThan(8192);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        ".github/CONTRIBUTING.md",
        "modules/README.md",
        "modules/data/README.md",
        "modules/dicom/README.md",
        "modules/parquet/README.md",
        "modules/spark/README.md",
        "proto/README.md",
        "savedmodels/README.md",
        "tools/README.md",
        "tools/example-app/README.md",
        "tools/benchmarks/README.md",
        "tools/cluster/README.md",
        "tools/benchmarks/results/README.md"
      })
  void linksLeadToFiles(String page) throws IOException {
    var file = CommandLineRun.REPOSITORY.resolve(page);
    var links =
        LINK_TO_FILE
            .matcher(Files.readString(file))
            .results()
            .map(link -> file.resolveSibling(link.group(1)))
            .toList();
    assertThat(links).allSatisfy(link -> assertThat(link).exists());
  }
}

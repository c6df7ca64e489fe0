package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** The tables in the READMEs match the committed results. */
class ResultTablesTest {
  private static final Path RESULTS = CommandLineRun.REPOSITORY.resolve("tools/benchmarks/results");

  /** Runs in the repository's root, to which the paths in the file are relative. */
  private static CommandLineRun tables(Object... arguments) throws Exception {
    var all = Stream.concat(Stream.of("benchmark", "tables"), Stream.of(arguments)).toArray();
    return CommandLineRun.of(
        CommandLineRun.process(all).directory(CommandLineRun.REPOSITORY.toFile()));
  }

  @Test
  void tablesOfAllCommittedPlansAreUpToDate() throws Exception {
    var readme = Files.readString(RESULTS.resolve("README.md"));
    try (var files = Files.list(RESULTS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".jsonl"))
          .hasSize(12)
          .allSatisfy(
              name ->
                  assertThat(readme)
                      .contains(
                          "<!-- generated: benchmark report proto/benchmarks/"
                              + name.replace(".jsonl", ".textproto")));
    }
    // Renew them with: tools/openmargin benchmark tables tools/benchmarks/results/README.md
    var check = tables("tools/benchmarks/results/README.md", "--check");
    assertThat(check.code()).as(check.err()).isZero();
  }

  @Test
  void staleTableIsFoundAndRenewed(@TempDir Path folder) throws Exception {
    var start =
        "<!-- generated: benchmark report proto/benchmarks/bloodmnist-gap-cpu.textproto --results"
            + " tools/benchmarks/results --format MARKDOWN -->";
    var file = folder.resolve("page.md");
    Files.writeString(file, "before\n%s\nold\n<!-- end -->\nafter\n".formatted(start));
    var check = tables(file, "--check");
    assertThat(check.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(check.errors())
        .containsExactly(
            "openmargin: %s: tables are out of date; renew them with: openmargin benchmark tables %s"
                .formatted(file, file));
    assertThat(file).content().contains("\nold\n");
    assertThat(tables(file).code()).isZero();
    assertThat(file)
        .content()
        .startsWith("before\n" + start + "\n\n### bloodmnist-gap-cpu, one seed\n")
        .endsWith("\n\n<!-- end -->\nafter\n")
        .contains("| method ")
        .doesNotContain("old\n");
  }

  @Test
  void filesWithoutTablesAndTablesWithoutAnEndAreRefused(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("page.md"), "nothing\n");
    assertThat(CommandLineRun.of("benchmark", "tables", file).errors())
        .containsExactly(
            "openmargin: %s: no line <!-- generated: benchmark report PLAN ... -->"
                .formatted(file));
    Files.writeString(file, "a\n<!-- generated: benchmark report x -->\nb\n");
    assertThat(CommandLineRun.of("benchmark", "tables", file).errors())
        .containsExactly("openmargin: %s: line 2: no <!-- end --> after this line".formatted(file));
    assertThat(CommandLineRun.of("benchmark", "tables", folder.resolve("none.md")).errors())
        .singleElement()
        .asString()
        .contains("there is no such file");
  }
}

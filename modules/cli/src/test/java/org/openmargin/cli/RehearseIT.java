package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal in processes of its own: killed, and gone on with. */
class RehearseIT {
  @TempDir private Path folder;

  private Path grid;

  @BeforeEach
  void writeGrid() throws IOException {
    grid =
        Files.writeString(
            folder.resolve("grid.textproto"),
            """
            training { name: "one" }
            scoring { name: "own" }
            scoring { name: "layers" set: "scoring.selected=LAYER_GAUSSIAN" }
            """);
  }

  private ProcessBuilder process() {
    return CommandLineRun.process(
        "rehearse",
        CommandLineRun.TINY,
        "--grid",
        grid,
        "--seeds",
        "0",
        "--folds",
        3,
        "--work",
        folder.resolve("work"),
        "--set",
        "data.synthetic_cells.train_images_per_class=80");
  }

  @Test
  void aKilledRehearsalGoesOnWhereItWas() throws Exception {
    var killed = process().redirectErrorStream(true).start();
    try (var output = killed.inputReader()) {
      // The second training has begun when the first has ended.
      var line = output.readLine();
      while (line != null && !line.startsWith("#1 ")) {
        line = output.readLine();
      }
    }
    var children = killed.descendants().toList();
    killed.destroyForcibly().waitFor();
    children.forEach(ProcessHandle::destroyForcibly);
    var resumed = CommandLineRun.of(process());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("finished: 1;").doesNotContain("#0 ");
    assertThat(resumed.out()).contains("chosen", "3 were held out one at a time");
    assertThat(folder.resolve("work/rehearsal.json")).isNotEmptyFile();
    var again = CommandLineRun.of(process());
    assertThat(again.out()).isEqualTo(resumed.out());
    assertThat(again.err().lines()).noneMatch(line -> line.startsWith("#"));
    var chosen = folder.resolve("work/tiny-rehearsed.textproto");
    assertThat(CommandLineRun.of("config", "validate", chosen).code()).isZero();
  }
}

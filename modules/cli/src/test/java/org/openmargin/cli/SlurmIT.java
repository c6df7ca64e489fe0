package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job array on the Slurm of this machine, only with the profile {@code slurm}. Where there is
 * none: {@code tools/cluster/one-node-slurm}.
 */
@Tag("slurm")
class SlurmIT {
  @TempDir private Path folder;

  @Test
  void disturbedTrialsOnSlurmGiveTheReportOfALocalRun() throws Exception {
    var script = CommandLineRun.REPOSITORY.resolve("tools/cluster/verify-slurm");
    var shared = folder.resolve("shared");
    var process = new ProcessBuilder(script.toString(), shared.toString());
    // What is tested is the last build.
    process.environment().put("OPENMARGIN_BUILD", "never");
    var run = CommandLineRun.of(process);
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(Files.readString(shared.resolve("result.txt")))
        .contains("the report equals that of the local run");
  }
}

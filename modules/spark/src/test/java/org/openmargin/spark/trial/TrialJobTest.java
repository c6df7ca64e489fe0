package org.openmargin.spark.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.spark.SmallCluster;

/** Trials that are a script, which ends as their numbers say. */
class TrialJobTest {
  private static final String SCRIPT =
      """
      #!/bin/bash
      # Called as: script --index N
      attempts=$(cat "$2.attempts" 2>/dev/null || echo 0)
      echo $((attempts + 1)) >"$2.attempts"
      echo "build $OPENMARGIN_BUILD, attempt $attempts"
      case $2.$attempts in
        1.*) exit 42 ;; # would fail again
        2.0 | 2.1 | 2.2 | 2.3) exit 75 ;; # another process trains it
        3.0 | 3.1) exit 137 ;; # the system killed it
        4.*) exit 4 ;; # fails each time
        5.0) kill -KILL $PPID ;; # takes its executor with it
        6.0) exit 143 ;; # was told to stop
      esac
      """;

  @TempDir private Path folder;

  private List<String> arguments(String trials, String script) throws IOException {
    var program = Files.writeString(folder.resolve("program"), script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return List.of(
        "--trials",
        trials,
        "--parallel",
        "0",
        "--retries",
        "2",
        "--grace",
        "30",
        "--folder",
        folder.toString(),
        "--logs",
        folder.resolve("logs").toString(),
        "--",
        program.toString(),
        "--index");
  }

  @Test
  void eachTrialIsTriedAsItsExitCodeSays() throws Exception {
    var arguments = TrialArguments.of(arguments("0-4,5,6", SCRIPT));
    try (var spark = SmallCluster.start(folder)) {
      var context = JavaSparkContext.fromSparkContext(spark.sparkContext());

      var failures = TrialJob.run(context, arguments, Duration.ZERO);

      assertThat(failures).containsOnlyKeys(1, 4);
      assertThat(failures.get(1)).startsWith("ended with exit code 42; see ");
      assertThat(failures.get(4))
          .isEqualTo("ended with exit code 4; see " + folder.resolve("logs/trial-4.log"));
      assertThat(attempts(0, 1, 2, 3, 4, 5, 6)).containsExactly(1, 1, 5, 3, 3, 2, 2);
      assertThat(Files.readAllLines(folder.resolve("logs/trial-3.log")))
          .containsExactly(
              "build never, attempt 0", "build never, attempt 1", "build never, attempt 2");
    }
  }

  private List<Integer> attempts(int... trials) throws IOException {
    var attempts = new ArrayList<Integer>();
    for (var trial : trials) {
      attempts.add(Integer.valueOf(Files.readString(folder.resolve(trial + ".attempts")).strip()));
    }
    return attempts;
  }

  @Test
  void aTaskThatIsCancelledTellsItsProcessAndWaitsForIt() throws Exception {
    var patient =
        """
        #!/bin/bash
        trap 'echo checkpoint >left; exit 143' TERM
        exec 3<> <(:)
        echo >begun
        while true; do read -r -t 1 -u 3; done
        """;
    var process = TrialArguments.of(arguments("7", patient)).process();
    var ended = new CompletableFuture<String>();
    var task =
        new Thread(
            () -> {
              try {
                ended.complete("code " + process.run(7));
              } catch (IOException | InterruptedException e) {
                ended.complete(e.getClass().getSimpleName());
              }
            });
    task.start();
    while (!Files.exists(folder.resolve("begun"))) {
      Thread.onSpinWait();
    }
    task.interrupt();

    assertThat(ended.get()).isEqualTo("InterruptedException");
    assertThat(folder.resolve("left")).hasContent("checkpoint");
  }

  @Test
  void argumentsAreThoseThatAreWritten() throws IOException {
    var arguments = TrialArguments.of(arguments("0-2,7", SCRIPT));
    assertThat(arguments.trials()).containsExactly(0, 1, 2, 7);
    assertThat(arguments.atOnce()).isEqualTo(4);
    assertThat(arguments.process().command()).endsWith("--index");
    assertThatThrownBy(() -> TrialArguments.of(List.of("--trials", "0", "--", "x")))
        .hasMessageStartingWith("--parallel is missing; expected: ");
    assertThatThrownBy(() -> TrialArguments.of(List.of("--trials", "0")))
        .hasMessageStartingWith("expected: ");
  }
}

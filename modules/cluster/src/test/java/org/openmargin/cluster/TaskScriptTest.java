package org.openmargin.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script of a task, run by bash with stand-ins for OpenMargin and Slurm's commands. */
class TaskScriptTest {
  /** Ends with the next of the codes in file `codes`; notes its arguments in `calls`. */
  private static final String OPENMARGIN =
      """
      #!/bin/bash
      echo "openmargin $*" >>calls
      code=$(head -n 1 codes)
      tail -n +2 codes >rest && mv rest codes
      if [[ $code == wait ]]; then
        sleep 60 >/dev/null 2>&1 &
        trap 'kill $!; exit 143' TERM
        kill -TERM $PPID
        wait
      fi
      exit "$code"
      """;

  @TempDir private Path folder;

  private record Ended(int code, List<String> calls) {}

  @BeforeEach
  void writeStandIns() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
    program("openmargin", OPENMARGIN);
    program("squeue", "#!/bin/bash\necho RUNNING\n");
    program("scontrol", "#!/bin/bash\necho \"scontrol $*\" >>calls\n");
  }

  private void program(String name, String text) throws IOException {
    var file = Files.writeString(folder.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Task 5, put back into the queue {@code restarts} times before. */
  private Ended task(int restarts, String... codes) throws Exception {
    Files.writeString(folder.resolve("codes"), String.join("\n", codes) + "\n");
    var array = Examples.array(folder, "retries=2", "slurm.requeues=3");
    var script = new Submission(new SlurmArray(array, folder)).write(folder).get(0);
    var process =
        new ProcessBuilder("/bin/bash", script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    process.environment().put("PATH", folder + File.pathSeparator + System.getenv("PATH"));
    process.environment().put("SLURM_ARRAY_TASK_ID", "5");
    process.environment().put("SLURM_JOB_ID", "77");
    process.environment().put("SLURM_RESTART_COUNT", Integer.toString(restarts));
    var running = process.start();
    var printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var code = running.waitFor();
    assertThat(printed).doesNotContain("command not found", "unbound", "syntax error");
    return new Ended(code, Files.readAllLines(folder.resolve("calls")));
  }

  private String trial() {
    return "openmargin benchmark run %s/plan.textproto --set loss.softmax={} --results %s/my results --index 5"
        .formatted(folder, folder);
  }

  @Test
  void finishedTrialEndsTheTask() throws Exception {
    assertThat(task(0, "0")).isEqualTo(new Ended(0, List.of(trial())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"42", "2", "3"})
  void trialThatWouldFailAgainIsNotTriedAgain(String code) throws Exception {
    assertThat(task(0, code, "0")).isEqualTo(new Ended(Integer.parseInt(code), List.of(trial())));
  }

  @Test
  void failedTrialIsTriedAgainAtOnceAsOftenAsAsked() throws Exception {
    assertThat(task(0, "4", "137", "0"))
        .isEqualTo(new Ended(0, List.of(trial(), trial(), trial())));
    Files.delete(folder.resolve("calls"));
    assertThat(task(0, "4", "137", "70", "0"))
        .isEqualTo(new Ended(70, List.of(trial(), trial(), trial())));
  }

  @Test
  void trialThatAnotherProcessTrainsComesBackLater() throws Exception {
    assertThat(task(0, "75")).isEqualTo(new Ended(0, List.of(trial(), "scontrol requeue 77")));
  }

  @Test
  void taskThatIsToldToStopTellsTheTrialAndComesBack() throws Exception {
    assertThat(task(2, "wait")).isEqualTo(new Ended(0, List.of(trial(), "scontrol requeue 77")));
  }

  /** A signal to all processes of a task may reach the trial first. */
  @Test
  void taskWhoseTrialWasToldToStopComesBack() throws Exception {
    assertThat(task(0, "143")).isEqualTo(new Ended(0, List.of(trial(), "scontrol requeue 77")));
  }

  @Test
  void taskDoesNotComeBackForEver() throws Exception {
    assertThat(task(3, "wait")).isEqualTo(new Ended(143, List.of(trial())));
  }

  @Test
  void cancelledTaskDoesNotComeBack() throws Exception {
    program("squeue", "#!/bin/bash\necho CANCELLED\n");
    assertThat(task(0, "wait")).isEqualTo(new Ended(143, List.of(trial())));
    Files.delete(folder.resolve("calls"));
    assertThat(task(0, "143", "0")).isEqualTo(new Ended(143, List.of(trial())));
  }
}

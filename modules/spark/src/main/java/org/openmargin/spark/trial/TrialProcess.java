package org.openmargin.spark.trial;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.openmargin.files.ChildProcess;

/**
 * How an executor runs a trial: as a process of its own, whose output is appended to a file on the
 * shared folder. If the task or the executor is told to stop, so is the process, which then leaves
 * a checkpoint.
 *
 * @param command all words but the trial's number, which comes last
 * @param folder the working folder
 * @param logs folder for what trials print
 * @param graceSeconds from the signal to stop to the end
 */
record TrialProcess(List<String> command, String folder, String logs, int graceSeconds)
    implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String GPU = "gpu";

  TrialProcess {
    command = List.copyOf(command);
  }

  Path log(int trial) {
    return Path.of(logs, "trial-%d.log".formatted(trial));
  }

  /** Returns the exit code. */
  int run(int trial) throws IOException, InterruptedException {
    Files.createDirectories(Path.of(logs));
    var words = new ArrayList<>(command);
    words.add(Integer.toString(trial));
    var builder =
        new ProcessBuilder(words)
            .directory(Path.of(folder).toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(trial).toFile()));
    builder.environment().put("OPENMARGIN_BUILD", "never");
    gpus().ifPresent(numbers -> builder.environment().put("CUDA_VISIBLE_DEVICES", numbers));
    return ChildProcess.start(builder, Optional.of(Duration.ofSeconds(graceSeconds))).waitFor();
  }

  /** Those that Spark gave to the task. */
  private static Optional<String> gpus() {
    return Optional.ofNullable(TaskContext.get())
        .map(task -> task.resourcesJMap().get(GPU))
        .map(resource -> String.join(",", Arrays.asList(resource.addresses())));
  }
}

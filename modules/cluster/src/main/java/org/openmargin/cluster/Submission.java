package org.openmargin.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;

/** Writes a job's files and hands the first to the cluster. */
public record Submission(Scheduler scheduler) {

  /**
   * Writes or replaces the files.
   *
   * @return the files, the one to submit first
   * @throws ClusterException if one cannot be written
   */
  public List<Path> write(Path folder) {
    var written = new ArrayList<Path>();
    for (var file : scheduler.files()) {
      var path = folder.resolve(file.name());
      try {
        Files.createDirectories(folder);
        AtomicTextFile.write(path, writer -> writer.write(file.text()));
      } catch (IOException e) {
        throw new ClusterException("cannot write %s: %s".formatted(path, FileErrors.reason(e)), e);
      }
      written.add(path);
    }
    return List.copyOf(written);
  }

  /**
   * Submits a written job.
   *
   * @return what the cluster's command printed, which names the job
   * @throws ClusterException with what the command said, if it refused
   */
  public String submit(Path job) throws InterruptedException {
    var command = scheduler.submission(job);
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var code = process.waitFor();
      if (code != 0) {
        throw new ClusterException(
            "%s refused %s (exit code %d): %s"
                .formatted(command.get(0), job, code, output.strip().replace('\n', ' ')));
      }
      return output.strip();
    } catch (IOException e) {
      throw new ClusterException(
          "cannot start %s (%s): %s"
              .formatted(command.get(0), FileErrors.reason(e), scheduler.advice()),
          e);
    }
  }
}

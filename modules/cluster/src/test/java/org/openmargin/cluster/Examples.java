package org.openmargin.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.openmargin.cluster.TrialCommand.Argument;

/** Trials to submit. */
final class Examples {
  private Examples() {}

  /**
   * Trials 0, 1, 2 and 5 of a plan in a folder with a blank in its name.
   *
   * @param settings of its section {@code cluster}
   */
  static TrialArray array(Path folder, String... settings) throws IOException {
    var plan =
        Files.writeString(
            folder.resolve("plan.textproto"), "name: \"two-by-two\" cluster { cpus: 3 }");
    var shared = folder.resolve("my results").toAbsolutePath();
    var command =
        new TrialCommand(
            List.of("openmargin"),
            List.of(
                Argument.path(plan),
                Argument.word("--set"),
                Argument.word("loss.softmax={}"),
                Argument.word("--results"),
                Argument.path(shared)),
            folder.toAbsolutePath());
    return new TrialArray(
        "two-by-two",
        List.of(5, 0, 1, 2),
        command,
        ClusterNeeds.read(plan, Arrays.asList(settings)));
  }
}

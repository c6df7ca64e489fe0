package org.openmargin.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a task runs one trial: {@code <program> benchmark run <arguments> --index N}. Its exit code
 * is 0 if the trial has a result, 42 if another attempt would fail as well, 75 if another process
 * is training the trial, and 143 after a signal to stop, when it has left a checkpoint.
 *
 * @param program words that start OpenMargin
 * @param arguments all paths in them are absolute
 * @param folder the working folder
 */
public record TrialCommand(List<String> program, List<Argument> arguments, Path folder) {
  /** Another attempt would fail as well: wrong arguments, wrong images, or the trial itself. */
  static final List<Integer> FINAL = List.of(2, 3, 42);

  /** Another process trains the trial. */
  static final int BUSY = 75;

  /** Ended by SIGTERM: 128 + 15. */
  static final int STOPPED = 143;

  /**
   * A word of the command.
   *
   * @param isPath whether it is a file or folder that the tasks share
   */
  public record Argument(String text, boolean isPath) {
    public static Argument word(String text) {
      return new Argument(text, false);
    }

    public static Argument path(Path path) {
      return new Argument(path.toAbsolutePath().normalize().toString(), true);
    }
  }

  public TrialCommand {
    program = List.copyOf(program);
    arguments = List.copyOf(arguments);
  }

  /** All words but the trial's number, in the words of this machine. */
  List<String> words() {
    var words = new ArrayList<>(program);
    words.addAll(List.of("benchmark", "run"));
    arguments.forEach(argument -> words.add(argument.text()));
    words.add("--index");
    return words;
  }
}

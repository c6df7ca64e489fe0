package org.openmargin.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openmargin.config.plan.PlannedTrial;
import org.openmargin.experiment.folder.ProcessLock;
import org.openmargin.experiment.folder.RunException;

/**
 * Trains each trial in its own JVM, with the Java, class path and options of this one. Stopping
 * this process stops them too; each trial resumes later from its last checkpoint.
 */
public final class ChildProcessRunner implements TrialRunner, AutoCloseable {
  /** Exit code of a child: the trial failed and would fail again. */
  public static final int REFUSED = 42;

  /** Exit code of a child: another process is training the trial. */
  public static final int BUSY = 75;

  /** Exit code of a JVM stopped by Ctrl-C. */
  private static final int INTERRUPTED = 130;

  private static final long INTERRUPT_MILLIS = 500;

  /** How long a child may take to stop. */
  private static final long STOP_SECONDS = 20;

  private final TrialFiles files;
  private final List<String> program;
  private final Set<Process> children = ConcurrentHashMap.newKeySet();
  private final Thread atExit = new Thread(this::stop, "stop-trials");
  private volatile boolean stopping;

  /** Runs {@code program --index N} for trial N. */
  ChildProcessRunner(TrialFiles files, List<String> program) {
    this.files = files;
    this.program = List.copyOf(program);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  @Override
  public TrialOutcome run(PlannedTrial trial) throws InterruptedException {
    if (stopping) {
      return new TrialOutcome.Stopped();
    }
    if (new ProcessLock(files.folders().lock(trial)).isTaken()) {
      return new TrialOutcome.Busy();
    }
    if (files.state(trial) instanceof TrialState.Finished finished) {
      return new TrialOutcome.Done(finished.result());
    }
    var code = execute(trial);
    if (code == INTERRUPTED) {
      // Ctrl-C reaches all processes at once: the child may end before this one is told.
      Thread.sleep(INTERRUPT_MILLIS);
    }
    if (stopping) {
      return new TrialOutcome.Stopped();
    }
    if (files.state(trial) instanceof TrialState.Finished finished) {
      return new TrialOutcome.Done(finished.result());
    }
    return switch (code) {
      case REFUSED -> new TrialOutcome.Refused(reason(trial, code));
      case BUSY -> new TrialOutcome.Busy();
      default -> new TrialOutcome.Failed(reason(trial, code));
    };
  }

  private int execute(PlannedTrial trial) throws InterruptedException {
    var log = new TrialLog(files.folders().log(trial));
    try {
      log.begin(trial.name());
      var process =
          new ProcessBuilder(command(trial))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
              .start();
      process.getOutputStream().close();
      return waitFor(process);
    } catch (IOException e) {
      throw new RunException("cannot start a trial's JVM: " + e, e);
    }
  }

  private int waitFor(Process process) throws InterruptedException {
    children.add(process);
    try {
      if (stopping) {
        process.destroy();
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw e;
    } finally {
      children.remove(process);
    }
  }

  private List<String> command(PlannedTrial trial) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-agentlib:jdwp"))
        .filter(option -> !option.startsWith("-Dopenmargin.terminal"))
        .filter(option -> !option.startsWith("-Dopenmargin.pipe="))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(program);
    command.addAll(List.of("--index", Integer.toString(trial.index())));
    return command;
  }

  private String reason(PlannedTrial trial, int code) {
    var log = new TrialLog(files.folders().log(trial));
    return log.lastError()
        .orElse("its process ended with exit code %d; see %s".formatted(code, log.file()));
  }

  /** Stops all children and waits for them. */
  private void stop() {
    stopping = true;
    children.forEach(Process::destroy);
    try {
      for (var child : children) {
        if (!child.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          child.destroyForcibly().waitFor();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // Already stopping, and the children too.
    }
  }
}

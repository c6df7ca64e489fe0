package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openmargin.cli.console.Console;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Problem;
import org.openmargin.data.DataException;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.serving.ModelException;
import org.openmargin.trainer.TrainingException;

class FailuresTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          System.out, new PrintStream(err, true, StandardCharsets.UTF_8), false, "openmargin");
  private final Failures failures = new Failures(console, new RootCommand(console));

  private String printed() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void everyKindOfFailureHasItsExitCode() {
    var problem = new Problem("a.textproto", 1, 2, "epochs: 0", "training.epochs", "is 0");
    var expected =
        Map.of(
            new ConfigException(List.of(problem)), 2,
            new RunException("r"), 2,
            new DataException("d"), 3,
            new TrainingException("t"), 4,
            new ModelException("e"), 5,
            new InvalidPathException("a\0b", "Nul character not allowed"), 2,
            new IllegalStateException("i"), 70,
            new OutOfMemoryError("Java heap space"), 70);
    expected.forEach((failure, code) -> assertThat(failures.report(failure)).isEqualTo(code));
  }

  @Test
  void aNameFromAFileThatIsNoPathIsSaid() {
    failures.report(new InvalidPathException("a\0b", "Nul character not allowed"));
    assertThat(printed())
        .isEqualToIgnoringNewLines("openmargin: 'a\uFFFDb' is no path: nul character not allowed");
  }

  @Test
  void everyProblemHasItsLine() {
    failures.report(
        new ConfigException(
            List.of(
                new Problem("a.textproto", 0, 0, "", "x", "is wrong"),
                new Problem("a.textproto", 0, 0, "", "y", "too"))));
    assertThat(printed().lines())
        .containsExactly("openmargin: a.textproto: x: is wrong", "openmargin: a.textproto: y: too");
  }

  @Test
  void internalErrorIsOneLineThatNamesDebug() {
    failures.report(new IllegalStateException("first\nsecond"));
    assertThat(printed().lines())
        .containsExactly(
            "openmargin: internal error: IllegalStateException: first; --debug shows the stack"
                + " trace");
  }

  @Test
  void outOfMemorySaysWhatHelps() {
    failures.report(new OutOfMemoryError("Java heap space"));
    assertThat(printed()).hasLineCount(1).contains("OPENMARGIN_JAVA_OPTS", "training.batch_size");
  }

  @Test
  void errorWithoutAMessageIsNamed() {
    failures.report(new StackOverflowError());
    assertThat(printed()).hasLineCount(1).contains("StackOverflowError");
  }
}

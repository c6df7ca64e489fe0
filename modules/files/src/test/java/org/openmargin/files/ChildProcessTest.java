package org.openmargin.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Optional<Duration> MINUTE = Optional.of(Duration.ofMinutes(1));

  @TempDir Path folder;

  /** Starts a child that prints its number, and ends with its input; the child would run on. */
  static final class EndingParent {
    private EndingParent() {}

    public static void main(String[] arguments) throws IOException {
      var program = shell("echo $$; exec sleep 1000");
      ChildProcess.start(program.redirectOutput(ProcessBuilder.Redirect.INHERIT), MINUTE);
      System.in.readAllBytes();
    }
  }

  private static ProcessBuilder shell(String script) {
    return new ProcessBuilder("/bin/sh", "-c", script);
  }

  @Test
  void theExitCodeIsThatOfTheProgram() throws Exception {
    assertThat(ChildProcess.start(shell("exit 7"), MINUTE).waitFor()).isEqualTo(7);
  }

  @Test
  void aProgramThatReadsFindsTheEndOfItsInput() throws Exception {
    assertThat(ChildProcess.start(shell("cat"), Optional.empty()).waitFor()).isEqualTo(0);
  }

  @Test
  void aProgramThatIsNotThereCannotBeStarted() {
    var program = new ProcessBuilder(folder.resolve("none").toString());

    assertThatThrownBy(() -> ChildProcess.start(program, MINUTE)).isInstanceOf(IOException.class);
  }

  /** It may leave something in order before. */
  @Test
  void anInterruptedWaitEndsTheProgramBySignal() throws Exception {
    var note = folder.resolve("note");
    var pipe = pipe();
    var child =
        ChildProcess.start(
            shell(
                "trap 'echo ended > %s; exit' TERM; echo $$ > %s; while :; do :; done"
                    .formatted(note, pipe)),
            Optional.empty());
    var number = number(pipe);

    Thread.currentThread().interrupt();

    assertThatThrownBy(child::waitFor).isInstanceOf(InterruptedException.class);
    assertThat(note).hasContent("ended");
    assertThat(isAlive(number)).isFalse();
  }

  @Test
  void whoDoesNotListenIsEndedByForceAfterTheGrace() throws Exception {
    var pipe = pipe();
    // A signal that is ignored stays so in the program that replaces the shell.
    var script = "trap '' TERM; echo $$ > %s; exec sleep 1000".formatted(pipe);
    var child = ChildProcess.start(shell(script), Optional.of(Duration.ofMillis(1)));
    var number = number(pipe);

    Thread.currentThread().interrupt();

    assertThatThrownBy(child::waitFor).isInstanceOf(InterruptedException.class);
    assertThat(isAlive(number)).isFalse();
  }

  @Test
  void theEndOfThisProcessIsThatOfTheProgram() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classes = System.getProperty("java.class.path");
    var parent =
        new ProcessBuilder(java, "-cp", classes, EndingParent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = parent.inputReader()) {
      var number = number(lines);
      parent.getOutputStream().close();

      assertThat(parent.waitFor()).isEqualTo(0);
      assertThat(isAlive(number)).isFalse();
    }
  }

  /** Whoever reads it waits for who writes it. */
  private Path pipe() throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isEqualTo(0);
    return pipe;
  }

  private static long number(Path pipe) throws IOException {
    try (var lines = Files.newBufferedReader(pipe)) {
      return number(lines);
    }
  }

  private static long number(BufferedReader lines) throws IOException {
    return Long.parseLong(lines.readLine());
  }

  private static boolean isAlive(long number) {
    return ProcessHandle.of(number).map(ProcessHandle::isAlive).orElse(false);
  }
}

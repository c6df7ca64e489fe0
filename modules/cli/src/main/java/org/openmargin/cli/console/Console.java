package org.openmargin.cli.console;

import static java.util.stream.Collectors.joining;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.openmargin.files.ShellWord;
import org.openmargin.trainer.listener.ConsoleProgress;

/** Where a command prints: results on one stream; progress, notices and errors on another. */
public final class Console {
  /** Set by the launcher: how it was called. */
  private static final String PROGRAM_PROPERTY = "openmargin.program";

  private static final String RED = "\033[31m";
  private static final String YELLOW = "\033[33m";
  private static final String PLAIN = "\033[0m";
  private static final String WARNING = "warning: ";

  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private final String program;
  private final StatusLine status;

  /**
   * @param out results
   * @param err progress, notices and errors
   * @param program as the user typed it; named in hints
   */
  public Console(PrintStream out, PrintStream err, Terminal terminal, String program) {
    this(out, err, program, new StatusLine(err, terminal), terminal);
  }

  /**
   * @param terminal whether both streams go to a terminal, of usual width and without colour
   */
  public Console(PrintStream out, PrintStream err, boolean terminal, String program) {
    this(out, err, terminal ? Terminal.USUAL : Terminal.NONE, program);
  }

  private Console(
      PrintStream out, PrintStream err, String program, StatusLine status, Terminal terminal) {
    this.out = out;
    this.err = err;
    this.program = program;
    this.status = status;
    this.terminal = terminal;
  }

  /** The streams of this process. */
  public static Console ofProcess() {
    var out = new BufferedOutputStream(new PipedOutput(new FileOutputStream(FileDescriptor.out)));
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        System.err,
        Terminal.ofProcess(System.getenv()),
        ShellWord.of(System.getProperty(PROGRAM_PROPERTY, "openmargin")));
  }

  public PrintStream out() {
    return out;
  }

  public PrintStream err() {
    return err;
  }

  public Terminal terminal() {
    return terminal;
  }

  public String program() {
    return program;
  }

  /** Says what is being done, until something else is printed. */
  public StatusLine status() {
    return status;
  }

  /** From now on, only errors are printed besides results. */
  public void beQuiet() {
    status.mute();
  }

  public boolean quiet() {
    return status.muted();
  }

  /** The same without results for people; {@link #json} of this one prints those for programs. */
  public Console withoutText() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Console(nowhere, err, program, status, terminal);
  }

  /** A line of results; numbers look the same in every locale. */
  public void print(String format, Object... values) {
    status.clear();
    out.println(Printable.of(String.format(Locale.ROOT, format, values)));
  }

  /** A line of results. */
  public void line(String text) {
    status.clear();
    out.println(Printable.of(text));
  }

  /** Results for programs, in place of lines: an object, which ends the output. */
  public void json(JsonObject results) {
    var gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    status.clear();
    out.println(gson.toJson(results));
  }

  /** A notice, apart from the results. */
  public void remark(String text) {
    if (!quiet()) {
      status.clear();
      var plain = Printable.of(text);
      err.println(plain.startsWith(WARNING) ? coloured(YELLOW, WARNING, plain) : plain);
    }
  }

  /** Prints the progress of a training, apart from the results. */
  public ConsoleProgress progress() {
    return new ConsoleProgress(err, terminal.errors(), terminal.columns());
  }

  /** What to do next, as a command that can be pasted. */
  public void next(String... words) {
    remark(
        "next: "
            + program
            + Stream.of(words).map(word -> " " + ShellWord.of(word)).collect(joining()));
  }

  /** An error, prefixed with the program's name. */
  public void error(String message) {
    var prefix = "openmargin: ";
    status.clear();
    err.println(coloured(RED, prefix, prefix + Printable.of(message)));
  }

  private String coloured(String colour, String beginning, String text) {
    return terminal.colour()
        ? colour + beginning + PLAIN + text.substring(beginning.length())
        : text;
  }
}

package org.openmargin.cli.console;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openmargin.files.ShellWord;

/** Says in options and commands what the Java API says in its classes and methods. */
public final class CommandWords {
  /** A call on a run, and an override that goes with it. */
  private static final Pattern CALL =
      Pattern.compile(
          "Experiment\\.open\\(\"(.*?)\"\\)\\.(evaluate|map)\\(\\)( first, with the override (\\S+))?");

  private static final Pattern TRAIN =
      Pattern.compile("Experiment\\.read\\(EXPERIMENT\\)\\.train\\(\"(.*?)\"\\)");

  private static final Pattern FINISH =
      Pattern.compile("finish it with TrainRequest\\.Existing\\.RESUME in (.*?)(?=, or use)");

  private static final Pattern DOWNLOAD =
      Pattern.compile("DataFolder\\.download\\(\"(.*?)\", (\\d+), \"(.*?)\"\\)");

  private static final Pattern OVERRIDE =
      Pattern.compile("(?:with )?the override ([a-z0-9_.]+=[^\\s;,]*)");

  private record Word(String inJava, String onCommandLine) {}

  private static final List<Word> WORDS =
      List.of(
          new Word("TrainRequest.Existing.RESUME", "--resume"),
          new Word("TrainRequest.Existing.OVERWRITE", "--overwrite"),
          new Word("another TrainRequest.folder", "another folder with --run"),
          new Word("another ModelRequest.base", "another folder with --to"),
          new Word("MapRequest.perClass", "--per-class"),
          new Word("MapRequest.perplexity", "--perplexity"),
          new Word("MapRequest.space", "--space"),
          new Word("FailuresRequest.most", "--most"),
          new Word("Run.acceptingUnfinished", "--unfinished"),
          new Word("Rehearsal.read(RehearsalRequest)", "openmargin rehearse EXPERIMENT"),
          new Word(
              "give MedMnist.uri another server or a folder",
              "name another server or a folder with --mirror"),
          new Word("change settings with overrides", "change settings with --set"),
          new Word("repeat the overrides of", "repeat the --set of"),
          new Word(
              "bind with Experiment.withDataSource, withBackbone and withLoss, or put a Plugin on the class path",
              "name the jar that holds them: --plugin JAR"));

  private CommandWords() {}

  /** The same message for users of the command line. */
  public static String of(String message) {
    var text = String.valueOf(message);
    text =
        FINISH
            .matcher(text)
            .replaceAll(
                call ->
                    literal(
                        "finish it with openmargin train --resume --run "
                            + ShellWord.of(call.group(1))));
    for (var word : WORDS) {
      text = text.replace(word.inJava(), word.onCommandLine());
    }
    text = TRAIN.matcher(text).replaceAll(call -> literal(train(call)));
    text = CALL.matcher(text).replaceAll(call -> literal(command(call)));
    text = DOWNLOAD.matcher(text).replaceAll(call -> literal(download(call)));
    return OVERRIDE.matcher(text).replaceAll(call -> literal("with --set " + call.group(1)));
  }

  private static String download(MatchResult call) {
    var folder = call.group(3).isEmpty() ? "" : " --to " + ShellWord.of(call.group(3));
    return "openmargin data download %s --size %s%s"
        .formatted(call.group(1), call.group(2), folder);
  }

  private static String train(MatchResult call) {
    return "openmargin train EXPERIMENT --run " + ShellWord.of(call.group(1));
  }

  private static String command(MatchResult call) {
    var command = "openmargin " + call.group(2) + " " + ShellWord.of(call.group(1));
    return call.group(3) == null
        ? command
        : command + " --set " + ShellWord.of(call.group(4)) + " first";
  }

  private static String literal(String text) {
    return Matcher.quoteReplacement(text);
  }
}

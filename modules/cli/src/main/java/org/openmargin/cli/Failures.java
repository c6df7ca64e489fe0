package org.openmargin.cli;

import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openmargin.cli.console.CommandWords;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Problem;
import org.openmargin.config.text.Suggestions;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into lines on standard error and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** What picocli says about a value that is no constant of an enumeration. */
  private static final Pattern CONSTANT =
      Pattern.compile(
          "Invalid value for option '([^']*)'.*: expected one of \\[(.*)] .*but was '(.*)'.*");

  private static final Pattern TOO_FEW =
      Pattern.compile(
          ".*\\((.*)\\) requires at least (\\d+) values, but only (\\d+) were specified: .*");

  private final Console console;
  private final RootCommand root;

  Failures(Console console, RootCommand root) {
    this.console = console;
    this.root = root;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    var command = failure.getCommandLine().getCommandSpec();
    var words = inPlainWords(failure, args);
    var end = words.endsWith("?") ? " See: " : "; see: ";
    console.error(words + end + command.qualifiedName() + " --help");
    return ExitCodes.USAGE;
  }

  private static String inPlainWords(ParameterException failure, String... args) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      var command = failure.getCommandLine().getCommandSpec();
      return Misspelling.of(unmatched.getUnmatched().get(0), List.of(args), command);
    }
    var like = Misspelling.fileLikeOption(args);
    if (like.isPresent()) {
      return like.get();
    }
    if (failure.getCause() instanceof InvalidPathException path) {
      return "'%s' is no path, at least not in the present locale, which may be missing on this machine (LC_ALL=C.UTF-8 has all characters)"
          .formatted(path.getInput());
    }
    var message = failure.getMessage().lines().findFirst().orElse("wrong arguments");
    var few = TOO_FEW.matcher(message);
    if (few.matches()) {
      return "%s: %s are needed; %s was given".formatted(few.group(1), few.group(2), few.group(3));
    }
    var constant = CONSTANT.matcher(message);
    if (!constant.matches()) {
      return decapitalised(
          message
              .replaceFirst("positional parameter at index \\S+ \\((.*?)\\)", "$1")
              .replaceFirst("is not an? (double|float)$", "is not a number")
              .replaceFirst("is not an? (int|long)$", "is not a whole number"));
    }
    var values = List.of(constant.group(2).toLowerCase(Locale.ROOT).split(", ", -1));
    return "%s '%s'%s %s"
        .formatted(
            constant.group(1),
            constant.group(3),
            Suggestions.nearest(constant.group(3), values)
                .map(near -> ": did you mean '" + near + "'? Values:")
                .orElse(": values:"),
            String.join(", ", values));
  }

  private static String decapitalised(String message) {
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return report(failure);
  }

  /** Prints one line, or one per problem of an experiment; the stack trace only with --debug. */
  int report(Throwable failure) {
    var code = ExitCodes.of(failure);
    if (code == ExitCodes.NO_READER) {
      return code;
    }
    if (failure instanceof InvalidPathException path) {
      // A name from a file: those of arguments are refused before.
      console.error(
          "'%s' is no path: %s".formatted(path.getInput(), decapitalised(path.getReason())));
    } else if (failure instanceof ConfigException config) {
      config.problems().stream().map(Problem::toString).forEach(console::error);
    } else if (code == ExitCodes.INTERNAL) {
      console.error(internal(failure));
    } else {
      console.error(CommandWords.of(failure.getMessage()));
    }
    if (root.debug()) {
      failure.printStackTrace(console.err());
    }
    return code;
  }

  private static String internal(Throwable failure) {
    var text = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    if (failure instanceof OutOfMemoryError) {
      return "out of memory (%s): lower training.batch_size, or raise the limit with OPENMARGIN_JAVA_OPTS=-Xmx8g; --debug shows the stack trace"
          .formatted(text);
    }
    return "internal error: %s: %s; --debug shows the stack trace"
        .formatted(failure.getClass().getSimpleName(), text);
  }
}

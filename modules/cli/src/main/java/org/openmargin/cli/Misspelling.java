package org.openmargin.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openmargin.config.Experiments;
import org.openmargin.config.text.Suggestions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A word of the command line that means nothing, in plain words. */
final class Misspelling {
  private static final String OVERRIDE = "--set";

  private Misspelling() {}

  /**
   * @param word was not understood
   * @param all words that were typed
   * @param command that was given them
   */
  static String of(String word, List<String> all, CommandSpec command) {
    if (word.startsWith("-") && word.length() > 1) {
      return ofOption(word, all, command);
    }
    if (!command.subcommands().isEmpty()) {
      return ofCommand(word, command);
    }
    return "unexpected argument '%s'%s".formatted(word, takes(command));
  }

  /** Said if a word is a file, but looks like an option. */
  static Optional<String> fileLikeOption(String... words) {
    return Stream.of(words)
        .filter(word -> word.startsWith("-") && word.length() > 1 && new File(word).exists())
        .map(word -> "%s is taken for an option: write ./%s for the file".formatted(word, word))
        .findFirst();
  }

  private static String takes(CommandSpec command) {
    var labels =
        command.positionalParameters().stream()
            .map(parameter -> parameter.paramLabel())
            .collect(Collectors.joining(" "));
    return labels.isEmpty()
        ? ": %s takes options only".formatted(command.name())
        : ": %s takes %s and options".formatted(command.name(), labels);
  }

  /** A command that does not exist. */
  static String ofCommand(String word, CommandSpec group) {
    var names = group.subcommands().keySet();
    return "there is no command '%s'%s".formatted(word, meant(word, names));
  }

  private static String meant(String word, Collection<String> names) {
    return Suggestions.nearest(word, names)
        .map(near -> ": did you mean '%s'?".formatted(near))
        .orElse("; commands: " + String.join(", ", names));
  }

  private static String ofOption(String word, List<String> all, CommandSpec command) {
    var file = fileLikeOption(word);
    if (file.isPresent()) {
      return file.get();
    }
    var name = word.replaceFirst("=.*", "");
    var names = new ArrayList<String>();
    command.options().stream().map(OptionSpec::names).forEach(n -> names.addAll(List.of(n)));
    var field = names.contains(OVERRIDE) ? field(name, value(word, all)) : Optional.<String>empty();
    return (exact(name) ? field : Suggestions.nearest(name, names).or(() -> field))
        .map(meant -> "unknown option '%s': did you mean %s?".formatted(name, meant))
        .orElse("unknown option '%s'".formatted(name));
  }

  private static String value(String word, List<String> all) {
    if (word.contains("=")) {
      return word.substring(word.indexOf('=') + 1);
    }
    var next = all.indexOf(word) + 1;
    return next > 0 && next < all.size() && !all.get(next).startsWith("--")
        ? all.get(next)
        : "VALUE";
  }

  /** Whether a field of the experiment has just this name. */
  private static boolean exact(String option) {
    var field = asField(option);
    return Experiments.paths().all().stream().anyMatch(path -> path.endsWith("." + field));
  }

  /** A field of the experiment with the name of the option, as an override. */
  private static Optional<String> field(String option, String value) {
    var field = asField(option);
    var paths = Experiments.paths().all();
    var names = paths.stream().map(Misspelling::last).distinct().toList();
    var meant = names.contains(field) ? Optional.of(field) : Suggestions.nearest(field, names);
    return paths.stream()
        .filter(path -> path.endsWith("." + meant.orElse(field)))
        .min(Comparator.comparingInt(Misspelling::depth))
        .map(path -> OVERRIDE + " " + path + "=" + value);
  }

  private static String asField(String option) {
    return option.replaceFirst("^-+", "").replace('-', '_').toLowerCase(Locale.ROOT);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static int depth(String path) {
    return path.split("\\.", -1).length;
  }
}

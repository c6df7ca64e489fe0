package org.openmargin.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openmargin.config.Experiments;
import org.openmargin.scoring.scorer.ScorerType;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * The completion script: picocli's for commands and options, and before it a function that knows
 * what picocli does not: paths and values of {@code --set}, and lists of scorers.
 */
final class CompletionScript {
  private static final String NAME = "openmargin";
  private static final Pattern CANDIDATES = Pattern.compile("(?m)^.*_option_args=\\(.*$");
  private static final Pattern ADVICE = Pattern.compile("(?m)^#.*\\n");

  private static final String OWN =
      """
      _openmargin_paths="%s"
      _openmargin_scorers="%s"

      # The values of the field $1 of an experiment.
      _openmargin_values() {
        case $1 in
      %s  esac
      }

      _openmargin_complete() {
        local cur=${COMP_WORDS[COMP_CWORD]} n=$COMP_CWORD
        local one=${COMP_WORDS[n - 1]} two= three=
        ((n < 2)) || two=${COMP_WORDS[n - 2]}
        ((n < 3)) || three=${COMP_WORDS[n - 3]}
        if [[ $cur == = && $two == --set ]]; then
          COMPREPLY=($(compgen -W "$(_openmargin_values "$one")" --))
        elif [[ $one == = && $three == --set ]]; then
          COMPREPLY=($(compgen -W "$(_openmargin_values "$two")" -- "$cur"))
        elif [[ $one == --set ]]; then
          compopt -o nospace 2>/dev/null
          COMPREPLY=($(compgen -S = -W "$_openmargin_paths" -- "$cur"))
        elif [[ $one == --scorers ]]; then
          local before=
          [[ $cur != *,* ]] || before=${cur%%,*},
          COMPREPLY=($(compgen -P "$before" -W "$_openmargin_scorers" -- "${cur##*,}"))
        else
          _complete_openmargin
        fi
      }

      complete -F _openmargin_complete -o default openmargin
      """;

  private CompletionScript() {}

  static String of(CommandLine root) {
    var script = AutoComplete.bash(NAME, root);
    // Constants in small letters, as help shows them; both are understood.
    var small = CANDIDATES.matcher(script).replaceAll(CompletionScript::lowerCased);
    return ADVICE.matcher(small).replaceAll("") + own();
  }

  private static String lowerCased(MatchResult line) {
    return line.group().toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("$", "\\$");
  }

  private static String own() {
    var paths = Experiments.paths();
    var scorers =
        Arrays.stream(ScorerType.values()).map(ScorerType::key).collect(Collectors.joining(" "));
    Function<String, String> clause =
        path -> "    %s) echo \"%s\" ;;\n".formatted(path, String.join(" ", paths.values(path)));
    var clauses =
        paths.all().stream()
            .filter(path -> !paths.values(path).isEmpty())
            .map(clause)
            .collect(Collectors.joining());
    return OWN.formatted(String.join(" ", paths.all()), "all " + scorers, clauses);
  }
}

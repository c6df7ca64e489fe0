package org.openmargin.cli;

import java.util.ArrayList;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IOptionRenderer;
import picocli.CommandLine.Help.IParameterRenderer;
import picocli.CommandLine.Model.CommandSpec;

/** Help whose descriptions are wrapped as paragraphs, whatever the width of the terminal. */
final class FlowingHelp extends Help {

  FlowingHelp(CommandSpec command, ColorScheme colours) {
    super(command, colours);
  }

  @Override
  public IOptionRenderer createDefaultOptionRenderer() {
    var usual = super.createDefaultOptionRenderer();
    return (option, labels, colours) ->
        usual.render(
            option.toBuilder().description(paragraphs(option.description())).build(),
            labels,
            colours);
  }

  @Override
  public IParameterRenderer createDefaultParameterRenderer() {
    var usual = super.createDefaultParameterRenderer();
    return (parameter, labels, colours) ->
        usual.render(
            parameter.toBuilder().description(paragraphs(parameter.description())).build(),
            labels,
            colours);
  }

  /** Joins lines; empty and indented ones stay as they are. */
  static String[] paragraphs(String... lines) {
    var joined = new ArrayList<String>();
    for (var line : lines) {
      var last = joined.size() - 1;
      if (last >= 0 && isText(line) && isText(joined.get(last))) {
        joined.set(last, joined.get(last) + " " + line);
      } else {
        joined.add(line);
      }
    }
    return joined.toArray(String[]::new);
  }

  private static boolean isText(String line) {
    return !line.isEmpty() && !line.startsWith(" ");
  }
}

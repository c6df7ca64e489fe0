package org.openmargin.cli.config;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.Overrides;
import org.openmargin.config.Experiments;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Problem;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.plugin.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    header = "Check experiments and list everything that is wrong with them.",
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin config validate my.textproto",
      "  openmargin config validate my.textproto --data",
      "  openmargin config validate my.textproto --set loss.omcl.target_margin=0.1"
    })
final class ConfigValidateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Experiments.")
  private List<Path> files;

  @Option(
      names = "--data",
      description = {
        "Also read the images and check all that training would refuse: classes, numbers of images,",
        "network, device. Nothing is trained."
      })
  private boolean data;

  @Mixin private Overrides overrides;

  @Mixin private JsonOption json;

  ConfigValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var notices = new Notices(console);
    var problems = new ArrayList<Problem>();
    var results = new JsonArray();
    for (var file : files) {
      try {
        var config = Experiments.readWithoutPlaces(file, overrides.toList());
        Plugins.parts().requiredBy(config);
        var missing = Experiments.missingPlaces(config);
        if (data) {
          var experiment = Experiments.read(file, overrides.toList());
          notices.shown(Experiment.of(experiment)).requireTrainable();
        }
        json.text(console).line(file + ": ok" + toGive(missing));
        results.add(json(file, List.of()));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
        results.add(json(file, e.problems()));
      }
    }
    var all = new JsonObject();
    all.add("files", results);
    json.print(console, () -> all);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return ExitCodes.OK;
  }

  private static String toGive(List<String> places) {
    return places.isEmpty()
        ? ""
        : "; to train it, give " + String.join(" and ", places) + ", for example by --set";
  }

  private static JsonObject json(Path file, List<Problem> problems) {
    var json = new JsonObject();
    json.addProperty("file", file.toString());
    json.addProperty("ok", problems.isEmpty());
    json.add("problems", Json.array(problems, ConfigValidateCommand::json));
    return json;
  }

  private static JsonObject json(Problem problem) {
    var json = new JsonObject();
    json.addProperty("line", problem.line());
    json.addProperty("column", problem.column());
    json.addProperty("field", problem.path());
    json.addProperty("message", problem.message());
    return json;
  }
}

package org.openmargin.config.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Place;
import org.openmargin.config.v1.BenchmarkConfig;
import org.openmargin.config.v1.BenchmarkConfig.Method;
import org.openmargin.config.v1.BenchmarkConfig.Sweep;

/**
 * The methods that a plan's sweeps stand for: one for each value, after the plan's own methods.
 *
 * @param plan as written
 */
record Sweeps(BenchmarkConfig plan) {

  /** Where an added method comes from. */
  private record Origin(int sweep, int value) {}

  /**
   * The sweep that a command line asks for, of the plan's baseline if there is one.
   *
   * @param argument {@code path=value,value}
   * @throws ConfigException if it is not such a text
   */
  static Sweep parse(String argument, String baseline) {
    var equals = argument.indexOf('=');
    var values = List.of(argument.substring(equals + 1).split("\\s*,\\s*"));
    if (equals < 1 || !values.stream().allMatch(Sweeps::isNumber)) {
      throw new ConfigException(
          List.of(
              Place.whole("--sweep " + argument)
                  .problem(
                      "",
                      "expected path=number,number, for example loss.omcl.threshold=0,0.1,0.2")));
    }
    var sweep = Sweep.newBuilder().setPath(argument.substring(0, equals).strip());
    if (!baseline.isEmpty()) {
      sweep.setMethod(baseline);
    }
    return sweep.addAllValues(values.stream().map(String::strip).toList()).build();
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The plan with all methods. */
  BenchmarkConfig expanded() {
    var all = plan.toBuilder();
    origins().forEach(origin -> all.addMethods(method(origin)));
    return all.build();
  }

  private List<Origin> origins() {
    var origins = new ArrayList<Origin>();
    for (var sweep = 0; sweep < plan.getSweepsCount(); sweep++) {
      for (var value = 0; value < plan.getSweeps(sweep).getValuesCount(); value++) {
        origins.add(new Origin(sweep, value));
      }
    }
    return origins;
  }

  private Method method(Origin origin) {
    var sweep = plan.getSweeps(origin.sweep());
    var value = sweep.getValues(origin.value());
    var varied = varied(sweep);
    var base = varied < 0 ? Method.getDefaultInstance() : plan.getMethods(varied);
    var method = Method.newBuilder().addAllSet(base.getSetList()).addAllSet(sweep.getSetList());
    if (base.hasExperiment()) {
      method.setExperiment(base.getExperiment());
    }
    if (isNumber(value)) {
      method.setX(Double.parseDouble(value));
    }
    return method
        .setName("%s = %s".formatted(name(sweep), value))
        .addSet(override(sweep, value))
        .setSeries(name(sweep))
        .setXLabel(label(sweep))
        .build();
  }

  private static String override(Sweep sweep, String value) {
    return sweep.getPath() + "=" + value;
  }

  private int varied(Sweep sweep) {
    return sweep.hasMethod()
        ? IntStream.range(0, plan.getMethodsCount())
            .filter(m -> plan.getMethods(m).getName().equals(sweep.getMethod()))
            .findFirst()
            .orElse(-1)
        : -1;
  }

  static String name(Sweep sweep) {
    return sweep.hasName() ? sweep.getName() : last(sweep);
  }

  static String label(Sweep sweep) {
    return sweep.hasXLabel() ? sweep.getXLabel() : last(sweep);
  }

  private static String last(Sweep sweep) {
    return sweep.getPath().substring(sweep.getPath().lastIndexOf('.') + 1);
  }

  /** The field of the plan that names the experiment of method number {@code method}. */
  String experimentOf(int method) {
    var own = method < plan.getMethodsCount() ? method : varied(sweep(method));
    return own >= 0 && plan.getMethods(own).hasExperiment()
        ? "methods[%d].experiment".formatted(own)
        : "experiment";
  }

  /** The field of the plan where method number {@code method} gets an override; empty if none. */
  String placeOf(int method, String override) {
    if (method >= plan.getMethodsCount()) {
      var origin = origins().get(method - plan.getMethodsCount());
      var sweep = sweep(method);
      if (override.equals(override(sweep, sweep.getValues(origin.value())))) {
        return "sweeps[%d].values[%d]".formatted(origin.sweep(), origin.value());
      }
      var at = sweep.getSetList().lastIndexOf(override);
      return at >= 0
          ? "sweeps[%d].set[%d]".formatted(origin.sweep(), at)
          : varied(sweep) < 0 ? "" : placeOf(varied(sweep), override);
    }
    var at = plan.getMethods(method).getSetList().lastIndexOf(override);
    return at < 0 ? "" : "methods[%d].set[%d]".formatted(method, at);
  }

  private Sweep sweep(int method) {
    return plan.getSweeps(origins().get(method - plan.getMethodsCount()).sweep());
  }
}

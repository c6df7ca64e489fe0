package org.openmargin.config.plan;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.openmargin.config.v1.BenchmarkConfig;

/**
 * Where a method is in a plot.
 *
 * @param xLabel label of the x axis; methods of the same label share a plot
 * @param series the curve that the method is a point of; empty if the plan names none
 */
public record CurvePosition(String xLabel, String series, double x) {

  /**
   * The positions of a method: its own x, and its own value in each sweep that varies it and
   * nothing else.
   */
  static List<CurvePosition> of(BenchmarkPlan plan, BenchmarkConfig.Method method) {
    var positions = new ArrayList<CurvePosition>();
    var config = plan.config();
    if (method.hasX()) {
      var common = config.hasXLabel() ? config.getXLabel() : "x";
      var label = method.hasXLabel() ? method.getXLabel() : common;
      positions.add(new CurvePosition(label, method.getSeries(), method.getX()));
    }
    for (var sweep : config.getSweepsList()) {
      if (sweep.getMethod().equals(method.getName()) && sweep.getSetCount() == 0) {
        plan.trials().stream()
            .filter(trial -> trial.name().method().equals(method.getName()))
            .findFirst()
            .map(trial -> number(trial.experiment(), sweep.getPath()))
            .ifPresent(
                value ->
                    value.ifPresent(
                        x ->
                            positions.add(
                                new CurvePosition(Sweeps.label(sweep), Sweeps.name(sweep), x))));
      }
    }
    return positions;
  }

  /** The number in a field, if it is one. */
  private static OptionalDouble number(Message message, String path) {
    var dot = path.indexOf('.');
    var name = dot < 0 ? path : path.substring(0, dot);
    var field = message.getDescriptorForType().findFieldByName(name);
    if (field == null || field.isRepeated()) {
      return OptionalDouble.empty();
    }
    var value = message.getField(field);
    if (dot >= 0) {
      return value instanceof Message section
          ? number(section, path.substring(dot + 1))
          : OptionalDouble.empty();
    }
    return value instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }
}

package example;

import java.util.Map;
import org.openmargin.experiment.plugin.Plugin;
import org.openmargin.experiment.wiring.BackboneFactory;
import org.openmargin.experiment.wiring.DataSourceFactory;
import org.openmargin.experiment.wiring.LossFactory;

/** The parts of this project, by the names that its experiments call them. */
public final class ShapesPlugin implements Plugin {

  @Override
  public Map<String, LossFactory> losses() {
    return Map.of(
        "logit_norm",
        (classes, parameters) ->
            new LogitNorm(classes, Double.parseDouble(parameters.get("temperature"))));
  }

  @Override
  public Map<String, BackboneFactory> backbones() {
    return Map.of(
        "small_net", parameters -> new SmallNet(Integer.parseInt(parameters.get("width"))));
  }

  @Override
  public Map<String, DataSourceFactory> dataSources() {
    return Map.of(
        "drawn_shapes",
        parameters ->
            new DrawnShapes(
                Integer.parseInt(parameters.get("images_per_kind")),
                Long.parseLong(parameters.get("seed"))));
  }
}

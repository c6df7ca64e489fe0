package org.openmargin.experiment.wiring;

import com.google.inject.Binder;
import com.google.inject.multibindings.MapBinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.openmargin.config.v1.CustomPartConfig;
import org.openmargin.config.v1.ExperimentConfig;
import org.openmargin.data.DataSource;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.nn.Backbone;
import org.openmargin.nn.OpenSetLoss;

/** Parts from outside OpenMargin, by the names that experiments call them. */
public record CustomParts(
    Map<String, LossFactory> losses,
    Map<String, BackboneFactory> backbones,
    Map<String, DataSourceFactory> dataSources) {
  public static final CustomParts NONE = new CustomParts(Map.of(), Map.of(), Map.of());

  /** The same, unchangeable from now on. */
  public CustomParts fixed() {
    return new CustomParts(Map.copyOf(losses), Map.copyOf(backbones), Map.copyOf(dataSources));
  }

  /** These parts and others, which win where the names are the same. */
  public CustomParts with(CustomParts others) {
    return new CustomParts(
        joined(losses, others.losses),
        joined(backbones, others.backbones),
        joined(dataSources, others.dataSources));
  }

  private static <T> Map<String, T> joined(Map<String, T> some, Map<String, T> others) {
    var all = new HashMap<>(some);
    all.putAll(others);
    return Map.copyOf(all);
  }

  /** Binds each under its name. */
  public void bind(Binder binder) {
    bind(binder, LossFactory.class, losses);
    bind(binder, BackboneFactory.class, backbones);
    bind(binder, DataSourceFactory.class, dataSources);
  }

  private static <T> void bind(Binder binder, Class<T> type, Map<String, T> parts) {
    var bound = MapBinder.newMapBinder(binder, String.class, type);
    parts.forEach((name, part) -> bound.addBinding(name).toInstance(part));
  }

  /**
   * These parts, which are all that an experiment asks for.
   *
   * @throws RunException naming all that are missing
   */
  public CustomParts requiredBy(ExperimentConfig config) {
    var missing = new ArrayList<String>();
    if (config.getData().hasCustom()) {
      addMissing(missing, "data", config.getData().getCustom(), dataSources);
    }
    if (config.getModel().hasCustom()) {
      addMissing(missing, "model", config.getModel().getCustom(), backbones);
    }
    if (config.getLoss().hasCustom()) {
      addMissing(missing, "loss", config.getLoss().getCustom(), losses);
    }
    if (!missing.isEmpty()) {
      throw new RunException(
          "%s; bind with Experiment.withDataSource, withBackbone and withLoss, or put a Plugin on the class path"
              .formatted(String.join("; ", missing)));
    }
    return this;
  }

  private static void addMissing(
      List<String> missing, String section, CustomPartConfig part, Map<String, ?> bound) {
    if (!bound.containsKey(part.getName())) {
      missing.add(
          "%s.custom.name: nothing is bound under '%s'; bound are %s"
              .formatted(section, part.getName(), new TreeSet<>(bound.keySet())));
    }
  }

  OpenSetLoss loss(CustomPartConfig part, int knownClasses) {
    return losses.get(part.getName()).create(knownClasses, part.getParametersMap());
  }

  Backbone backbone(CustomPartConfig part) {
    return backbones.get(part.getName()).create(part.getParametersMap());
  }

  DataSource dataSource(CustomPartConfig part) {
    return dataSources.get(part.getName()).create(part.getParametersMap());
  }
}

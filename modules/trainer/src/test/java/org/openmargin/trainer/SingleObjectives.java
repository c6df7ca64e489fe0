package org.openmargin.trainer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openmargin.data.Batches;
import org.openmargin.data.EpochOrder;
import org.openmargin.nn.Variable;
import org.openmargin.runtime.Precision;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** A training graph whose objectives run one at a time, and what they change. */
final class SingleObjectives implements AutoCloseable {
  static final float RATE = 1e-2f;

  private final TrainGraph graph;
  private final Session session;
  private final ImageFeed images;

  SingleObjectives(Trainer trainer) {
    var known = Fixtures.cells().train();
    graph = TrainGraph.of(trainer, known);
    session = new Session(graph.graph(), trainer.runtime().sessionConfig(Precision.FLOAT32));
    var start = session.runner();
    graph.initializers().forEach(start::addTarget);
    start.run().close();
    var meter = graph.meter().start();
    try (var none = TFloat64.scalarOf(0)) {
      session.runner().feed(meter.sum(), none).addTarget(meter.assign()).run().close();
    }
    var batches = new Batches(new EpochOrder(7, known.count()), Fixtures.BATCH);
    images = graph.images().open(session, known, batches);
  }

  /** Kinds of the variables that an objective changes in the first step, without slots. */
  Set<String> changedBy(int objective) {
    var before = values();
    run(objective, 0);
    return changed(before, values());
  }

  /** Runs one objective of a step. */
  void run(int objective, long number) {
    try (var step = TInt64.scalarOf(number);
        var rate = TFloat32.scalarOf(RATE)) {
      var runner =
          session
              .runner()
              .feed(graph.feeds().step(), step)
              .feed(graph.feeds().rate(), rate)
              .addTarget(graph.targets().get(objective).run());
      images.bind(runner, images.await(0)).run().close();
    }
  }

  static Set<String> changed(Map<String, float[]> before, Map<String, float[]> after) {
    var kinds = new TreeSet<String>();
    before.forEach(
        (name, value) -> {
          if (!Arrays.equals(value, after.get(name))) {
            kinds.add(kind(name));
          }
        });
    return kinds;
  }

  static String kind(String name) {
    var network = name.substring(0, name.indexOf('.'));
    var statistic = name.endsWith(".mean") || name.endsWith(".variance");
    if (name.contains(".auxiliary.")) {
      return statistic ? "auxiliary statistics" : "auxiliary norms";
    }
    if (statistic) {
      return network.equals("backbone") ? "statistics" : network + " statistics";
    }
    return network;
  }

  /** Weights and statistics, by name. */
  Map<String, float[]> values() {
    var values = new TreeMap<String, float[]>();
    var model = graph.variables().model();
    var runner = session.runner();
    model.stream().map(Variable::value).forEach(runner::fetch);
    try (var result = runner.run()) {
      for (var i = 0; i < model.size(); i++) {
        var value = new float[(int) model.get(i).size()];
        ((TFloat32) result.get(i)).asRawTensor().data().asFloats().read(value);
        values.put(model.get(i).name(), value);
      }
    }
    return values;
  }

  void restore(Path variables) {
    try (var prefix = TString.scalarOf(variables.toString())) {
      session
          .runner()
          .feed(graph.file().prefix(), prefix)
          .addTarget(graph.file().restore())
          .run()
          .close();
    }
  }

  @Override
  public void close() {
    images.close();
    session.close();
    graph.close();
  }
}

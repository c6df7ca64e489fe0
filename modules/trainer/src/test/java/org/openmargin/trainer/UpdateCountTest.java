package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Objective.Passes;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

class UpdateCountTest {
  private static final int STEPS_PER_PASS = 3;
  private static final int STEPS = 5 * STEPS_PER_PASS;

  private static final List<Objective> OBJECTIVES =
      List.of(
          objective("generator", Passes.EVEN),
          objective("network", Passes.EVEN),
          objective("copycat", Passes.ODD),
          objective("network", Passes.ODD),
          objective("twice", Passes.EVERY),
          objective("twice", Passes.EVERY),
          objective("mixed", Passes.EVEN),
          objective("mixed", Passes.EVERY));

  private static Objective objective(String network, Passes passes) {
    var adam = new Objective.Update.ConstantAdam(1e-3, 0.9, 0.999);
    return new Objective(
        network, (net, pixels, labels) -> net.tf().constant(0f), List.of(network), adam, passes);
  }

  @Test
  void updatesOfTheSameNetworksAreCountedAsIfEachWereRun() {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var tf = Ops.create(graph);
      var step = tf.placeholder(TInt64.class);
      var count = new UpdateCount(tf, step, STEPS_PER_PASS, OBJECTIVES);
      var before = IntStream.range(0, OBJECTIVES.size()).mapToObj(i -> count.before(i)).toList();
      var seen = new java.util.HashMap<List<String>, Long>();
      for (var s = 0; s < STEPS; s++) {
        for (var i = 0; i < OBJECTIVES.size(); i++) {
          var objective = OBJECTIVES.get(i);
          if (!objective.passes().include(s / STEPS_PER_PASS)) {
            continue;
          }
          try (var fed = TInt64.scalarOf(s);
              var result = session.runner().feed(step, fed).fetch(before.get(i)).run()) {
            assertThat(((TInt64) result.get(0)).getLong())
                .as("%s in step %d", objective.name(), s)
                .isEqualTo(seen.getOrDefault(objective.changes(), 0L));
          }
          seen.merge(objective.changes(), 1L, Long::sum);
        }
      }
      assertThat(seen)
          .containsEntry(List.of("network"), (long) STEPS)
          .containsEntry(List.of("copycat"), 6L)
          .containsEntry(List.of("twice"), 2L * STEPS)
          .containsEntry(List.of("mixed"), 24L);
    }
  }
}

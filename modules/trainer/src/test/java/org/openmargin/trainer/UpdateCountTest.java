package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openmargin.nn.Objective;
import org.openmargin.nn.Objective.Epochs;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

class UpdateCountTest {
  private static final int STEPS_PER_EPOCH = 3;
  private static final int STEPS = 5 * STEPS_PER_EPOCH;

  private static final List<Objective> OBJECTIVES =
      List.of(
          objective("generator", Epochs.EVEN),
          objective("network", Epochs.EVEN),
          objective("copycat", Epochs.ODD),
          objective("network", Epochs.ODD),
          objective("twice", Epochs.EVERY),
          objective("twice", Epochs.EVERY),
          objective("mixed", Epochs.EVEN),
          objective("mixed", Epochs.EVERY));

  private static Objective objective(String network, Epochs epochs) {
    var adam = new Objective.Update.ConstantAdam(1e-3, 0.9, 0.999);
    return new Objective(
        network, (net, pixels, labels) -> net.tf().constant(0f), List.of(network), adam, epochs);
  }

  @Test
  void updatesOfTheSameNetworksAreCountedAsIfEachWereRun() {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var tf = Ops.create(graph);
      var step = tf.placeholder(TInt64.class);
      var count = new UpdateCount(tf, step, STEPS_PER_EPOCH, OBJECTIVES);
      var before = IntStream.range(0, OBJECTIVES.size()).mapToObj(i -> count.before(i)).toList();
      var seen = new java.util.HashMap<List<String>, Long>();
      for (var s = 0; s < STEPS; s++) {
        for (var i = 0; i < OBJECTIVES.size(); i++) {
          var objective = OBJECTIVES.get(i);
          if (!objective.epochs().include(s / STEPS_PER_EPOCH)) {
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

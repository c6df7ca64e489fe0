package org.openmargin.profiler;

import java.util.List;
import java.util.Map;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.StepStats;

/**
 * Measurements: the loop's pace, and TensorFlow's statistics of each traced step.
 *
 * @param graphs the optimised graph, one per device
 * @param steps traced, in order
 */
public record ProfiledSteps(Profile.Pace pace, List<GraphDef> graphs, List<Step> steps) {

  public ProfiledSteps {
    graphs = List.copyOf(graphs);
    steps = List.copyOf(steps);
  }

  /**
   * A traced step. Times are nanoseconds since 1970.
   *
   * @param number from 0
   * @param inputBegin when the loop started waiting for its batch
   * @param runEnd when TensorFlow returned, tracing included
   * @param runs one TensorFlow call per objective of the step, in order
   */
  public record Step(long number, long inputBegin, long runEnd, List<Run> runs) {

    public Step {
      runs = List.copyOf(runs);
    }

    /** Time of the first TensorFlow call. */
    public long runBegin() {
      return runs.get(0).begin();
    }

    List<Span> spans(Map<String, GraphLayers.Place> places) {
      return runs.stream()
          .flatMap(run -> StepSpans.of(run.stats(), places, run.begin()).stream())
          .toList();
    }
  }

  /** One TensorFlow call. */
  public record Run(long begin, StepStats stats) {}

  public Profile profile() {
    return new ProfileAnalysis(this).profile();
  }

  public Timeline timeline() {
    return Timeline.of(this);
  }
}

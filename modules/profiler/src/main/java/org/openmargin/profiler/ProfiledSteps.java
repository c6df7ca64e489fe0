package org.openmargin.profiler;

import java.util.List;
import java.util.Map;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.StepStats;

/**
 * What was measured: the loop's pace, and TensorFlow's statistics of each traced step.
 *
 * @param pace of the loop
 * @param graphs the optimised graph, one per device
 * @param steps that were traced, in order
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
   * @param inputBegin when the loop began to wait for its batch
   * @param runEnd TensorFlow returned, tracing included
   * @param runs one call of TensorFlow for each objective of the step, in order
   */
  public record Step(long number, long inputBegin, long runEnd, List<Run> runs) {

    public Step {
      runs = List.copyOf(runs);
    }

    /** When TensorFlow was called first. */
    public long runBegin() {
      return runs.get(0).begin();
    }

    List<Span> spans(Map<String, GraphLayers.Place> places) {
      return runs.stream()
          .flatMap(run -> StepSpans.of(run.stats(), places, run.begin()).stream())
          .toList();
    }
  }

  /**
   * One call of TensorFlow.
   *
   * @param begin when it was called
   * @param stats what it did
   */
  public record Run(long begin, StepStats stats) {}

  /** Where the time goes. */
  public Profile profile() {
    return new ProfileAnalysis(this).profile();
  }

  /** What happened when. */
  public Timeline timeline() {
    return Timeline.of(this);
  }
}

package org.openmargin.profiler;

import java.util.List;

/**
 * Where the time of training steps goes. Times are milliseconds per step, averaged over the steps.
 *
 * @param pace how fast the loop is, with and without tracing
 * @param window from the first operation of a step to the last
 * @param devices what each of them did, GPUs first
 * @param placement which device runs each node of the optimised graph
 * @param remarks what TensorFlow did not report, in sentences
 */
public record Profile(
    Pace pace, Window window, List<DeviceWork> devices, Placement placement, List<String> remarks) {

  /** What a step is doing. */
  public enum Phase {
    /** From images to loss. */
    FORWARD,
    /** Gradients. */
    BACKWARD,
    /** The optimizer. */
    UPDATE,
    /** The operation is not known. */
    UNKNOWN
  }

  /**
   * @param batchSize images per step
   * @param warmUpSteps run before
   * @param steps measured without tracing, and as many again with it
   * @param untraced what counts
   * @param tracedMillis of one step with tracing, which is slower
   */
  public record Pace(
      int batchSize, int warmUpSteps, int steps, Untraced untraced, double tracedMillis) {

    /** Images per second of the loop, not traced. */
    public double imagesPerSecond() {
      return batchSize * 1e3 / untraced.millis();
    }

    /** How many times as long a traced step takes. */
    public double slowdown() {
      return tracedMillis / untraced.millis();
    }
  }

  /**
   * @param millis of one step
   * @param inputMillis of it, until the next batch is there and fed
   * @param runMillis of it, in TensorFlow
   * @param coresBusy processor time of the whole process divided by wall time; 0 if unknown
   */
  public record Untraced(double millis, double inputMillis, double runMillis, double coresBusy) {}

  /**
   * Of traced steps.
   *
   * @param startMillis from the call to the first operation
   * @param operationMillis from there to the end of the last operation
   * @param hostIdleMillis of these, no operation ran on any thread of the CPU
   */
  public record Window(double startMillis, double operationMillis, double hostIdleMillis) {}

  /**
   * @param device such as {@code GPU:0}, {@code CPU:0}, or {@code GPU:0 launch}: what threads of
   *     the CPU do to start the kernels of the GPU
   * @param use how busy it was
   * @param operations most time first
   * @param types the same, by type of operation
   * @param layers the same, by layer
   */
  public record DeviceWork(
      String device,
      DeviceUse use,
      List<OperationTime> operations,
      List<GroupTime> types,
      List<GroupTime> layers) {}

  /**
   * @param busyMillis times of all operations, added up
   * @param activeMillis at least one operation ran
   * @param idleMillis none did, between the first operation of the step and the last
   */
  public record DeviceUse(double busyMillis, double activeMillis, double idleMillis) {

    /** Operations at a time: the average from the first operation of a step to the last. */
    public double parallelism() {
      return busyMillis / Math.max(activeMillis + idleMillis, 1e-9);
    }
  }

  /**
   * An operation of the graph.
   *
   * @param name of its node
   * @param type such as {@code Conv2D}
   * @param phase of the step
   * @param layer dotted path; empty if unknown
   * @param callsPerStep how often it ran; on a GPU, kernels
   * @param millis its own time, without the operations that it calls
   * @param share of the device's busy time
   */
  public record OperationTime(
      String name,
      String type,
      Phase phase,
      String layer,
      double callsPerStep,
      double millis,
      double share) {}

  /**
   * Operations that have something in common.
   *
   * @param name of the type or the layer
   * @param callsPerStep how often they ran
   * @param millis their own time
   * @param byPhase the same, by phase
   * @param share of the device's busy time
   */
  public record GroupTime(
      String name, double callsPerStep, double millis, PhaseTimes byPhase, double share) {}

  /**
   * @param forwardMillis from images to loss
   * @param backwardMillis gradients
   * @param updateMillis the optimizer
   */
  public record PhaseTimes(double forwardMillis, double backwardMillis, double updateMillis) {}

  /**
   * @param nodes of the optimised graph, per device
   * @param misplaced what runs on the CPU although there is a GPU, most time first; none without a
   *     GPU
   * @param copies tensors that go from one device to another in each step
   */
  public record Placement(
      List<DeviceNodes> nodes, List<Misplaced> misplaced, List<DeviceCopy> copies) {

    /** Nodes of the optimised graph. */
    public int nodeCount() {
      return nodes.stream().mapToInt(DeviceNodes::nodes).sum();
    }
  }

  /**
   * @param device such as {@code CPU:0}
   * @param nodes placed there
   */
  public record DeviceNodes(String device, int nodes) {}

  /**
   * @param name of a node on the CPU
   * @param type of its operation
   * @param millis its own time
   */
  public record Misplaced(String name, String type, double millis) {}

  /**
   * @param tensor such as {@code edge_12_Reshape}
   * @param from device
   * @param to device
   */
  public record DeviceCopy(String tensor, String from, String to) {}
}

package org.openmargin.profiler;

import java.util.List;

/**
 * Where training steps spend their time. Times are milliseconds per step, averaged over the steps.
 *
 * @param pace of the loop, with and without tracing
 * @param window from the first operation of a step to the last
 * @param devices GPUs first
 * @param placement of the optimised graph's nodes on devices
 * @param remarks what TensorFlow did not report, in sentences
 */
public record Profile(
    Pace pace, Window window, List<DeviceWork> devices, Placement placement, List<String> remarks) {

  /** Part of a training step. */
  public enum Phase {
    /** From images to loss. */
    FORWARD,
    /** Gradients. */
    BACKWARD,
    /** The optimizer. */
    UPDATE,
    /** The operation belongs to no known node. */
    UNKNOWN
  }

  /**
   * @param batchSize images per step
   * @param warmUpSteps run before measuring
   * @param steps measured without tracing, then the same number with it
   * @param untraced the figures that count
   * @param tracedMillis of one step with tracing, which is slower
   */
  public record Pace(
      int batchSize, int warmUpSteps, int steps, Untraced untraced, double tracedMillis) {

    /** Without tracing. */
    public double imagesPerSecond() {
      return batchSize * 1e3 / untraced.millis();
    }

    /** Duration of a traced step divided by that of an untraced one. */
    public double slowdown() {
      return tracedMillis / untraced.millis();
    }
  }

  /**
   * @param millis of one step
   * @param inputMillis part of it spent waiting for the next batch and feeding it
   * @param runMillis part of it spent in TensorFlow
   * @param coresBusy processor time of the whole process divided by wall time; 0 if unknown
   */
  public record Untraced(double millis, double inputMillis, double runMillis, double coresBusy) {}

  /**
   * Of traced steps.
   *
   * @param startMillis from the call to the first operation
   * @param operationMillis from there to the end of the last operation
   * @param hostIdleMillis part of {@code operationMillis} with no operation on any CPU thread
   */
  public record Window(double startMillis, double operationMillis, double hostIdleMillis) {}

  /**
   * @param device such as {@code GPU:0}, {@code CPU:0}, or {@code GPU:0 launch}: the CPU threads
   *     that launch the GPU's kernels
   * @param operations most time first
   * @param types operations grouped by type
   * @param layers operations grouped by layer
   */
  public record DeviceWork(
      String device,
      DeviceUse use,
      List<OperationTime> operations,
      List<GroupTime> types,
      List<GroupTime> layers) {}

  /**
   * @param busyMillis sum over all operations
   * @param activeMillis time with at least one operation running
   * @param idleMillis time with none, between the first operation of the step and the last
   */
  public record DeviceUse(double busyMillis, double activeMillis, double idleMillis) {

    /** Mean number of operations running at a time, from the step's first to its last. */
    public double parallelism() {
      return busyMillis / Math.max(activeMillis + idleMillis, 1e-9);
    }
  }

  /**
   * An operation of the graph.
   *
   * @param name of its node
   * @param type such as {@code Conv2D}
   * @param layer dotted path; empty if unknown
   * @param callsPerStep on a GPU, the number of kernels
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
   * All operations of one type or layer.
   *
   * @param share of the device's busy time
   */
  public record GroupTime(
      String name, double callsPerStep, double millis, PhaseTimes byPhase, double share) {}

  /** Time in each {@link Phase}. */
  public record PhaseTimes(double forwardMillis, double backwardMillis, double updateMillis) {}

  /**
   * @param nodes of the optimised graph, per device
   * @param misplaced operations on the CPU although there is a GPU, most time first; empty without
   *     a GPU
   * @param copies tensors copied between devices in each step
   */
  public record Placement(
      List<DeviceNodes> nodes, List<Misplaced> misplaced, List<DeviceCopy> copies) {

    /** Size of the optimised graph. */
    public int nodeCount() {
      return nodes.stream().mapToInt(DeviceNodes::nodes).sum();
    }
  }

  /** Number of nodes placed on a device such as {@code CPU:0}. */
  public record DeviceNodes(String device, int nodes) {}

  /** A node on the CPU, the type of its operation and its own time. */
  public record Misplaced(String name, String type, double millis) {}

  /** A tensor such as {@code edge_12_Reshape}, and the two devices. */
  public record DeviceCopy(String tensor, String from, String to) {}
}

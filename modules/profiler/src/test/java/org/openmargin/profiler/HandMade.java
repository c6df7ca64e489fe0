package org.openmargin.profiler;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import org.openmargin.profiler.Profile.Pace;
import org.openmargin.profiler.Profile.Untraced;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.StepStats;

/** Statistics in TensorFlow's format, with times that are easy to add up. */
public final class HandMade {
  public static final String CPU = "/job:localhost/replica:0/task:0/device:CPU:0";
  public static final String GPU = "/job:localhost/replica:0/task:0/device:GPU:0";
  public static final String KERNELS = "/device:GPU:0/stream:all";

  /** When steps begin, microseconds since 1970. */
  public static final long BEGIN = 1_800_000_000_000_000L;

  private HandMade() {}

  /** An operation on a CPU thread; times are milliseconds after {@link #BEGIN}. */
  public static NodeExecStats node(
      String name, String type, long thread, double begin, double end) {
    return NodeExecStats.newBuilder()
        .setNodeName(name)
        .setTimelineLabel("[mklcpu 0.1MB 0.1MB] " + name + " = " + type + "(x, y)")
        .setThreadId((int) thread)
        .setAllStartNanos((BEGIN * 1000) + nanos(begin) - 500)
        .setOpStartRelNanos(500)
        .setOpEndRelNanos(nanos(end) - nanos(begin) + 500)
        .setAllEndRelNanos(nanos(end) - nanos(begin) + 900)
        .build();
  }

  /** A kernel in milliseconds of the GPU tracer's clock. */
  public static NodeExecStats kernel(String name, double enqueued, double begin, double end) {
    return NodeExecStats.newBuilder()
        .setNodeName(name)
        .setTimelineLabel("void some_kernel<float>(float*) grid:1,1,1")
        .setScheduledMicros(nanos(enqueued) / 1000)
        .setAllStartMicros(nanos(begin) / 1000)
        .setOpEndRelMicros((nanos(end) - nanos(begin)) / 1000)
        .setAllEndRelMicros((nanos(end) - nanos(begin)) / 1000)
        .build();
  }

  private static long nanos(double millis) {
    return Math.round(millis * 1e6);
  }

  public static DeviceStepStats device(String name, NodeExecStats... nodes) {
    return DeviceStepStats.newBuilder()
        .setDevice(name)
        .addAllNodeStats(Arrays.asList(nodes))
        .build();
  }

  public static StepStats stats(DeviceStepStats... devices) {
    return StepStats.newBuilder().addAllDevStats(Arrays.asList(devices)).build();
  }

  /** Steps that were called one millisecond before {@link #BEGIN}. */
  public static ProfiledSteps steps(List<GraphDef> graphs, StepStats... stats) {
    var steps = new java.util.ArrayList<ProfiledSteps.Step>();
    for (var i = 0; i < stats.length; i++) {
      var called = BEGIN * 1000 - 1_000_000;
      steps.add(
          new ProfiledSteps.Step(
              30 + i,
              called - 2_000_000,
              called + 50_000_000,
              List.of(new ProfiledSteps.Run(called, stats[i]))));
    }
    var pace = new Pace(16, 10, stats.length, new Untraced(8, 1, 7, 1.5), 10);
    return new ProfiledSteps(pace, graphs, steps);
  }

  public static Profile profile(StepStats... stats) {
    return steps(List.of(), stats).profile();
  }

  /** Work of the CPU threads in one step. */
  public static Profile profileOfCpu(NodeExecStats... nodes) {
    return profile(stats(device(CPU, nodes)));
  }

  public static NodeDef nodeDef(String device, String name, String type, String... inputs) {
    return NodeDef.newBuilder()
        .setDevice(device)
        .setName(name)
        .setOp(type)
        .addAllInput(Arrays.asList(inputs))
        .build();
  }

  public static NodeDef with(NodeDef node, String attribute, String value) {
    return node.toBuilder()
        .putAttr(attribute, AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build())
        .build();
  }

  public static GraphDef graph(NodeDef... nodes) {
    return GraphDef.newBuilder().addAllNode(Arrays.asList(nodes)).build();
  }
}

package org.openmargin.runtime;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * Where and how reproducibly graphs run. TensorFlow fixes its thread pools and the memory of its
 * GPUs when a process first uses a device, even only to list devices ({@link
 * Devices#list(RuntimeSettings)}): other settings later in the process have no effect.
 *
 * @param deterministic equal seeds give bit-identical results; on the CPU, with one thread
 */
public record RuntimeSettings(
    Device device, boolean deterministic, Kernels kernels, Threads threads, Gpu gpu) {

  /** The device that graphs run on. */
  public enum Device {
    CPU,
    GPU
  }

  /**
   * How operations are computed.
   *
   * @param xla whether XLA compiles clusters of operations
   * @param winograd whether training on a CPU uses Winograd's algorithm for 3x3 convolutions of
   *     small maps
   */
  public record Kernels(boolean xla, boolean winograd) {
    /** The fastest on most machines. */
    public static final Kernels DEFAULT = new Kernels(false, true);
  }

  /**
   * @param intraOp within an operation; 0: one per core
   * @param interOp operations in parallel; 0: TensorFlow's choice; negative: none, all run in the
   *     thread of the call
   */
  public record Threads(int intraOp, int interOp) {
    /** TensorFlow's choice. */
    public static final Threads DEFAULT = new Threads(0, 0);

    /** One thread, so sums have a fixed order. */
    public static final Threads ONE = new Threads(1, 1);

    /** Only the thread of the call: for many calls at a time. */
    public static final Threads CALLER = new Threads(1, -1);
  }

  /**
   * @param index of the one GPU used, among those that CUDA sees
   * @param memoryGrowth takes memory as needed; otherwise, all that it may take, at once
   * @param memoryFraction at most this share of its memory; 0: TensorFlow's choice
   */
  public record Gpu(int index, boolean memoryGrowth, double memoryFraction) {
    /** The first GPU, taking memory as needed. */
    public static final Gpu DEFAULT = new Gpu(0, true, 0);

    private GPUOptions options() {
      return GPUOptions.newBuilder()
          .setVisibleDeviceList(Integer.toString(index))
          .setAllowGrowth(memoryGrowth)
          .setPerProcessGpuMemoryFraction(memoryFraction)
          .build();
    }
  }

  /** The CPU with all its cores. */
  public static final RuntimeSettings CPU =
      new RuntimeSettings(Device.CPU, false, Kernels.DEFAULT, Threads.DEFAULT, Gpu.DEFAULT);

  /** The CPU with one thread: equal seeds give bit-identical results. */
  public static final RuntimeSettings DETERMINISTIC_CPU =
      new RuntimeSettings(Device.CPU, true, Kernels.DEFAULT, Threads.ONE, Gpu.DEFAULT);

  /** The CPU, with one thread per call and so a fixed order of sums: for many calls at a time. */
  public static final RuntimeSettings CPU_OF_CALLER =
      new RuntimeSettings(Device.CPU, false, Kernels.DEFAULT, Threads.CALLER, Gpu.DEFAULT);

  /** The same on another device. */
  public RuntimeSettings on(Device other) {
    return new RuntimeSettings(other, deterministic, kernels, threads, gpu);
  }

  /** The configuration of a TensorFlow session, with activations in float32. */
  public ConfigProto sessionConfig() {
    return sessionConfig(Precision.FLOAT32);
  }

  public ConfigProto sessionConfig(Precision precision) {
    var pools = deterministic ? Threads.ONE : threads;
    var config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .setIntraOpParallelismThreads(pools.intraOp())
            .setInterOpParallelismThreads(pools.interOp())
            .setGraphOptions(
                GraphOptions.newBuilder()
                    .setOptimizerOptions(compilation())
                    .setRewriteOptions(rewrites(precision)));
    if (device == Device.CPU) {
      config.putDeviceCount("GPU", 0);
    } else {
      config.setGpuOptions(gpu.options());
    }
    return config.build();
  }

  /** TensorFlow compiles for the CPU only on request. */
  private OptimizerOptions compilation() {
    if (!kernels.xla()) {
      return OptimizerOptions.getDefaultInstance();
    }
    return OptimizerOptions.newBuilder()
        .setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.ON_2)
        .setCpuGlobalJit(device == Device.CPU)
        .build();
  }

  /**
   * Whether a graph for bfloat16 is built in float32, to be rewritten by oneDNN: on processors that
   * have no bfloat16, where it then stays in float32, and without Winograd's algorithm, which would
   * not stay in float32.
   */
  public boolean rewritesToBfloat16() {
    return device == Device.CPU && !(kernels.winograd() && Machine.current().hasBfloat16());
  }

  private RewriterConfig rewrites(Precision precision) {
    var bfloat16 = precision == Precision.BFLOAT16 && rewritesToBfloat16();
    return RewriterConfig.newBuilder()
        .setAutoMixedPrecisionOnednnBfloat16(
            bfloat16 ? RewriterConfig.Toggle.ON : RewriterConfig.Toggle.OFF)
        .build();
  }
}

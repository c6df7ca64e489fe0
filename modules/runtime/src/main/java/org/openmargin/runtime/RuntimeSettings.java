package org.openmargin.runtime;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    Device device,
    boolean deterministic,
    Kernels kernels,
    Threads threads,
    Gpu gpu,
    Parallel parallel) {

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
   * @param index of the GPU used, or of the first one, among those that CUDA sees
   * @param memoryGrowth takes memory as needed; otherwise, all that it may take, at once
   * @param memoryFraction at most this share of its memory; 0: TensorFlow's choice
   */
  public record Gpu(int index, boolean memoryGrowth, double memoryFraction) {
    /** The first GPU, taking memory as needed. */
    public static final Gpu DEFAULT = new Gpu(0, true, 0);

    private GPUOptions options(int devices) {
      var visible = IntStream.range(index, index + devices).mapToObj(Integer::toString);
      return GPUOptions.newBuilder()
          .setVisibleDeviceList(visible.collect(Collectors.joining(",")))
          .setAllowGrowth(memoryGrowth)
          .setPerProcessGpuMemoryFraction(memoryFraction)
          .build();
    }
  }

  /**
   * Devices of one kind that train together, each on an equal part of the batch: GPUs from {@link
   * Gpu#index} on, or as many virtual devices of the CPU, which share its cores.
   *
   * @param devices 1 for no others
   * @param synchronised whether batch norms use the statistics of the whole batch; otherwise, each
   *     device uses those of its part
   */
  public record Parallel(int devices, boolean synchronised) {
    /** One device. */
    public static final Parallel NONE = new Parallel(1, true);

    public Parallel {
      if (devices < 1) {
        throw new IllegalArgumentException("at least one device is needed, not " + devices);
      }
    }

    public boolean isNone() {
      return devices == 1;
    }
  }

  /** Settings for one device. */
  public RuntimeSettings(
      Device device, boolean deterministic, Kernels kernels, Threads threads, Gpu gpu) {
    this(device, deterministic, kernels, threads, gpu, Parallel.NONE);
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
    return new RuntimeSettings(other, deterministic, kernels, threads, gpu, parallel);
  }

  /** The same on other numbers of devices. */
  public RuntimeSettings with(Parallel other) {
    return new RuntimeSettings(device, deterministic, kernels, threads, gpu, other);
  }

  /** TensorFlow's name of a device. */
  public String deviceName(int index) {
    return "/device:%s:%d".formatted(device, index);
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
      config.setGpuOptions(gpu.options(parallel.devices()));
    }
    if (!parallel.isNone()) {
      if (device == Device.CPU) {
        config.putDeviceCount("CPU", parallel.devices());
      }
      // All devices run their collectives in one order, which NCCL needs to make progress.
      config.getExperimentalBuilder().setCollectiveDeterministicSequentialExecution(true);
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

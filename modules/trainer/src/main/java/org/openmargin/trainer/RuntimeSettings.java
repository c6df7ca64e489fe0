package org.openmargin.trainer;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * Where and how reproducibly graphs run. TensorFlow fixes its thread pools at the first session of
 * a process: settings that differ between sessions of one process may not hold.
 *
 * @param device processor
 * @param deterministic equal bits from equal seeds: one thread on the CPU
 * @param intraOpThreads threads within an operation; 0: one per core
 * @param interOpThreads operations side by side; 0: TensorFlow's choice
 */
public record RuntimeSettings(
    Device device, boolean deterministic, int intraOpThreads, int interOpThreads) {

  /** The processor that graphs run on. */
  public enum Device {
    CPU,
    GPU
  }

  /** The CPU with all its cores. */
  public static final RuntimeSettings CPU = new RuntimeSettings(Device.CPU, false, 0, 0);

  /** The CPU with one thread: equal bits from equal seeds. */
  public static final RuntimeSettings DETERMINISTIC_CPU =
      new RuntimeSettings(Device.CPU, true, 1, 1);

  ConfigProto sessionConfig(Precision precision) {
    var config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .setIntraOpParallelismThreads(deterministic ? 1 : intraOpThreads)
            .setInterOpParallelismThreads(deterministic ? 1 : interOpThreads)
            .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewrites(precision)));
    if (device == Device.CPU) {
      config.putDeviceCount("GPU", 0);
    } else {
      config.getGpuOptionsBuilder().setAllowGrowth(true);
    }
    return config.build();
  }

  private RewriterConfig rewrites(Precision precision) {
    var bfloat16 = precision == Precision.BFLOAT16 && device == Device.CPU;
    return RewriterConfig.newBuilder()
        .setAutoMixedPrecisionOnednnBfloat16(
            bfloat16 ? RewriterConfig.Toggle.ON : RewriterConfig.Toggle.OFF)
        .build();
  }
}

package org.openmargin.trainer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.openmargin.runtime.Devices;
import org.openmargin.runtime.NativeEnvironment;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.runtime.RuntimeSettings.Device;
import org.openmargin.runtime.RuntimeSettings.Gpu;
import org.openmargin.runtime.RuntimeSettings.Kernels;
import org.openmargin.runtime.RuntimeSettings.Threads;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A program that prints what TensorFlow decides once per process. */
final class ProcessProbe {
  private ProcessProbe() {}

  /** First argument: what to probe. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "threads" -> System.out.println(threads(Integer.parseInt(args[1])));
      case "random" -> {
        NativeEnvironment.set(Map.of("TF_DETERMINISTIC_OPS", args[1]));
        System.out.println(unseededRandomNumbers());
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Threads of native code after devices were listed: they are named after the program. */
  private static long threads(int intraOp) throws Exception {
    Devices.list(
        new RuntimeSettings(
            Device.CPU, false, Kernels.DEFAULT, new Threads(intraOp, 1), Gpu.DEFAULT));
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.filter(task -> name(task).equals("java")).count();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (java.io.IOException e) {
      return ""; // ended meanwhile
    }
  }

  /** What TensorFlow refuses in deterministic mode. */
  private static String unseededRandomNumbers() {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var tf = Ops.create(graph);
      var numbers = tf.random.randomUniform(tf.constant(new int[] {2}), TFloat32.class);
      session.runner().fetch(numbers).run().close();
      return "drawn";
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
  }
}

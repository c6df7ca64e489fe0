package org.openmargin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

/** What a process prints that computes with TensorFlow. */
class TensorFlowLogTest {

  /** Adds two numbers. */
  public static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      var level = TensorFlowLog.quieten();
      try (var graph = new Graph();
          var session = new Session(graph)) {
        var tf = Ops.create(graph);
        var one = tf.constant(1f);
        session.runner().fetch(tf.math.add(one, one)).run().close();
      }
      System.out.print(level);
    }
  }

  private record Said(String out, String err) {}

  private static Said run(Map<String, String> variables) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName());
    if (Runtime.version().feature() >= 22) {
      builder.command().add(1, "--enable-native-access=ALL-UNNAMED");
    }
    builder.environment().remove(TensorFlowLog.LEVEL);
    builder.environment().putAll(variables);
    var err = Files.createTempFile("tensorflow", ".err");
    try {
      var process = builder.redirectError(err.toFile()).start();
      var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      return new Said(out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /** Without the one message that no level silences. */
  private static Said obedient(Said said) {
    var one =
        "(WARNING: All log messages before absl::InitializeLog.*\n)?I0000 .* mlir_graph_optimization_pass.*\n";
    return new Said(said.out(), said.err().replaceFirst(one, ""));
  }

  @Test
  void withoutAWishTensorFlowIsSilent() throws Exception {
    assertThat(obedient(run(Map.of()))).isEqualTo(new Said("3", ""));
  }

  @Test
  void aUsersLevelIsKept() throws Exception {
    var all = run(Map.of(TensorFlowLog.LEVEL, "0"));
    assertThat(all.out()).isEqualTo("0");
    assertThat(all.err()).contains("mlir_graph_optimization_pass").contains("cpu_feature_guard");
    assertThat(obedient(run(Map.of(TensorFlowLog.LEVEL, "2")))).isEqualTo(new Said("2", ""));
  }
}

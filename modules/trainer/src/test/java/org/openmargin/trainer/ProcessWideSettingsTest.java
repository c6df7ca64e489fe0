package org.openmargin.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openmargin.runtime.NativeEnvironment;

/** What TensorFlow and the C library decide once per process: each in a process of its own. */
class ProcessWideSettingsTest {
  @BeforeAll
  static void assumeLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "reads /proc");
  }

  private static String probe(String... args) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    var classPath = System.getProperty("java.class.path");
    command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", classPath)));
    command.add(ProcessProbe.class.getName());
    command.addAll(List.of(args));
    var process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return out.strip();
  }

  @Test
  void listingDevicesDoesNotFixAnotherNumberOfThreads() throws Exception {
    var one = Integer.parseInt(probe("threads", "1"));
    assertThat(Integer.parseInt(probe("threads", "7"))).isEqualTo(one + 6);
  }

  @Test
  void tensorFlowReadsAVariableThatWasSetInTheProcess() throws Exception {
    assertThat(probe("random", "0")).isEqualTo("drawn");
    assertThat(probe("random", "1")).contains("determinism is enabled");
  }

  @Test
  void aVariableIsSetReplacedAndReadBack() {
    assertThat(NativeEnvironment.get("OPENMARGIN_TEST")).isEmpty();
    var before = NativeEnvironment.all();
    NativeEnvironment.set(Map.of("OPENMARGIN_TEST", "Zelle = ja", "OPENMARGIN_OTHER", ""));
    NativeEnvironment.set(Map.of("OPENMARGIN_TEST", "again"));
    System.gc(); // what was set is not Java's to free
    assertThat(NativeEnvironment.get("OPENMARGIN_TEST")).contains("again");
    assertThat(NativeEnvironment.get("OPENMARGIN_OTHER")).contains("");
    assertThat(NativeEnvironment.all()).containsAllEntriesOf(before).hasSize(before.size() + 2);
    assertThat(System.getenv("OPENMARGIN_TEST")).as("Java's copy").isNull();
  }

  @Test
  void theInheritedEnvironmentIsThatOfJava() {
    assertThat(NativeEnvironment.all()).containsAllEntriesOf(System.getenv());
  }
}

package org.openmargin.experiment.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The class path as names and versions. */
class LibrariesTest {
  @Test
  void jarsAreNamedWithTheirVersions() {
    var manifest = "!/META-INF/MANIFEST.MF";
    assertThat(
            Libraries.of(
                List.of(
                    "jar:file:/m2/protobuf-java-3.21.9.jar" + manifest,
                    "jar:file:/m2/tensorflow-core-native-1.1.0-linux-x86_64.jar" + manifest,
                    "jar:file:/m2/tensorflow-core-native-1.1.0.jar" + manifest,
                    "jar:file:/m2/openmargin-data-0.1.0-SNAPSHOT.jar" + manifest,
                    "jar:file:/tmp/surefirebooter-20261128-1.jar" + manifest,
                    "file:/home/classes/META-INF/MANIFEST.MF")))
        .isEqualTo(
            Map.of(
                "protobuf-java", "3.21.9",
                "tensorflow-core-native", "1.1.0, 1.1.0-linux-x86_64"));
  }

  @Test
  void theRunningProgramHasLibrariesAndCode() {
    assertThat(Libraries.current()).containsKeys("gson", "guice", "tensorflow-core-api");
    assertThat(CodeDigest.current()).hasSize(64).isEqualTo(CodeDigest.current());
  }
}

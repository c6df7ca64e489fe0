package org.openmargin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openmargin.config.v1.Provenance;

class LocalPathsTest {

  @ParameterizedTest
  @CsvSource({
    "cannot read /home/me/data/cells.npz: damaged, cannot read cells.npz: damaged",
    "--set data.npz.path=/data/cells.npz, --set data.npz.path=cells.npz",
    "see '/tmp/a b/c', see 'a b/c'",
    "C:\\Users\\me\\cells.npz, cells.npz",
    "~/data/cells.npz, cells.npz",
    "data/cells.npz, data/cells.npz",
    "../data/cells.npz, ../data/cells.npz",
    "1/2 of a/b, 1/2 of a/b",
    "no path at all, no path at all"
  })
  void absolutePathsAreCutDownToTheirLastName(String text, String portable) {
    assertThat(LocalPaths.removedFrom(text)).isEqualTo(portable);
  }

  @Test
  void provenanceLosesPathsAndKeepsTheRest() {
    var provenance =
        Provenance.newBuilder()
            .setCpu("fast")
            .setCommand("openmargin train /home/me/x")
            .putEnvironment("CUDA_CACHE_PATH", "/home/me/.nv")
            .putEnvironment("TF_CPP_MIN_LOG_LEVEL", "3")
            .build();
    var portable =
        LocalPaths.removedFrom(provenance, List.of("openmargin", "--set", "data.npz.path=/d/c.npz"));
    assertThat(portable.getCommand()).isEqualTo("openmargin --set data.npz.path=c.npz");
    assertThat(portable.getEnvironmentMap()).containsOnlyKeys("TF_CPP_MIN_LOG_LEVEL");
    assertThat(portable.getCpu()).isEqualTo("fast");
  }
}

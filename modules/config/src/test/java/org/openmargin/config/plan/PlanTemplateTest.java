package org.openmargin.config.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTemplateTest {
  private static final Path TINY =
      Path.of("../../proto/experiments").resolve("synthetic/tiny.textproto");

  @TempDir private Path folder;

  private BenchmarkPlan written(String experiment) throws IOException {
    var file = Files.writeString(folder.resolve("tiny.textproto"), experiment);
    var plan = folder.resolve("my plans/plan.textproto");
    Files.createDirectories(plan.getParent());
    Files.writeString(plan, PlanTemplate.of(plan, file));
    return BenchmarkPlan.read(plan, List.of());
  }

  @Test
  void isAPlanOfTheExperimentAndASoftmax() throws IOException {
    var plan = written(Files.readString(TINY));
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.config().getExperiment()).isEqualTo("../tiny.textproto");
    assertThat(plan.trials()).hasSize(2 * 3);
    var trial = plan.config().getTrials(0);
    assertThat(trial.getKnownClassesList()).hasSizeGreaterThan(1);
  }

  @Test
  void classesMayHaveNames() throws IOException {
    var named =
        Files.readString(TINY)
            .replaceFirst("known_classes: \\[[^]]*]", "known_classes: [\"lymphoid\", \"band\"]");
    assertThat(written(named).config().getTrials(0).getKnownClassNamesList())
        .containsExactly("lymphoid", "band");
  }
}

package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of a new user, with a network that takes seconds. */
class QuickstartIT {
  @TempDir private Path folder;

  @Test
  void goesAllTheWayAndSaysWhereEverythingIs() {
    var run = folder.resolve("run");
    var models = folder.resolve("models");

    var result =
        CommandLineRun.of(
            "quickstart",
            "--run",
            run,
            "--to",
            models,
            "--set",
            "model.resnet.variant=TINY",
            "--set",
            "model.resnet.stem=SMALL_3X3",
            "--set",
            "data.synthetic_cells.train_images_per_class=32",
            "--set",
            "data.synthetic_cells.validation_images_per_class=16",
            "--set",
            "data.synthetic_cells.test_images_per_class=16",
            "--set",
            "training.epochs=1");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err().lines()).filteredOn(line -> line.startsWith("device: ")).hasSize(1);
    assertThat(result.err()).doesNotContain("WARNING", ".cc:");
    assertThat(Tree.of(run.resolve("new-images"))).hasSize(8).allMatch(f -> f.endsWith(".png"));
    assertThat(result.out().lines().filter(line -> line.contains("new-images/"))).hasSize(8);
    assertThat(result.out()).contains("ACC ", run + "/report.html", models + "/quickstart/1");
    assertThat(Files.isRegularFile(models.resolve("quickstart/1/saved_model.pb"))).isTrue();
  }
}

package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/** Several sources of images in one experiment. */
class MergedCommandsTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    var table = new StringBuilder("path,label,patient\n");
    for (var i = 0; i < 24; i++) {
      var name = i % 2 == 0 ? "cat" : "dog";
      image("folder/%s/%d.png".formatted(name, i), i);
      image("table/%d.png".formatted(i), 100 + i);
      table.append("%d.png,%s,p%d%n".formatted(i, i % 2 == 0 ? "Felis" : "dog", i / 3));
    }
    Files.writeString(folder.resolve("table/images.csv"), table);
    SmallArchive.write(folder.resolve("archive.npz"), 2, 6);
    Files.writeString(
        folder.resolve("e.textproto"),
        """
        name: "merged"
        data {
          merged {
            sources { folder { path: "%1$s/folder" } }
            sources {
              name: "clinic"
              manifest { path: "%1$s/table/images.csv" validation_fraction: 0.2 }
              own_groups: true
              renamed_classes { from: "Felis" to: "cat" }
            }
            sources { npz { path: "%1$s/archive.npz" class_names: ["cat", "dog"] } }
          }
          known_class_names: ["cat", "dog"]
          image_size_px: 16
        }
        model { resnet { variant: TINY } }
        loss { omcl {} }
        training { epochs: 1 batch_size: 8 adam {} constant {} }
        """
            .formatted(folder));
  }

  @Test
  void theyAreOneDataSetToAllCommands() {
    var experiment = folder.resolve("e.textproto");
    var explained = CommandLineRun.of("config", "explain", experiment);
    assertThat(explained.code()).as(explained.err()).isZero();
    assertThat(explained.out())
        .contains("own_groups: true", "renamed_classes {", "test_fraction: 0.2", "tfrecord");
    var described = CommandLineRun.of("data", "describe", experiment);
    assertThat(described.code()).as(described.err()).isZero();
    assertThat(described.out()).contains("folder+clinic+archive", "cat", "dog");
    assertThat(described.out().lines().filter(l -> l.contains("total")).findFirst().orElseThrow())
        .contains("84");
    var audited = CommandLineRun.of("data", "audit", experiment);
    assertThat(audited.code()).as(audited.out() + audited.err()).isZero();
    assertThat(audited.out()).contains("the sources that were merged");
  }

  @Test
  void whatIsWrongInSeveralSourcesIsSaidAtOnce() throws IOException {
    Files.delete(folder.resolve("table/3.png"));
    Files.delete(folder.resolve("archive.npz"));
    var described = CommandLineRun.of("data", "describe", folder.resolve("e.textproto"));
    assertThat(described.code()).isEqualTo(ExitCodes.DATA);
    assertThat(described.err())
        .contains("clinic: ", "missing files (1): line 5 3.png", "archive: ", "no such file");
  }

  @Test
  void theSchemaRefusesIdsOneSourceAndNames() {
    var experiment = folder.resolve("e.textproto");
    for (var set : List.of("data.known_classes=0,1", "data.image_size_px=0")) {
      var refused = CommandLineRun.of("config", "validate", experiment, "--set", set);
      assertThat(refused.code()).as(set).isEqualTo(ExitCodes.USAGE);
      assertThat(refused.err()).contains("merged sources");
    }
  }

  private void image(String name, long seed) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, DrawnImages.noise(20, "png", seed));
  }
}

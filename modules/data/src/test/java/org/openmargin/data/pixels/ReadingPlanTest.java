package org.openmargin.data.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openmargin.data.ImageShape;
import org.openmargin.data.ImageSizes;

class ReadingPlanTest {
  private static final long MIB = 1 << 20;
  private static final ImageShape SHAPE = new ImageShape(128, 128, 3);

  private static ReadingPlan plan(long memoryBytes, int side) {
    var storage = new ImageStorage(Path.of("cache"), memoryBytes, notice -> {});
    return ReadingPlan.of(
        storage,
        SHAPE,
        Collections.nCopies(100_000, 5_000L),
        Optional.of(new ImageSizes(List.of(new ImageSizes.Size(side, side / 2)))));
  }

  @Test
  void imagesThatDoNotFitPassThroughOneBlockAtATime() {
    var memory = plan(MIB, 128).memory();
    assertThat(memory.pixels()).isEqualTo(100_000L * SHAPE.bytes());
    assertThat(memory.kept()).isFalse();
    var cores = Runtime.getRuntime().availableProcessors();
    assertThat(memory.most()).isBetween(60 * MIB, 64 * MIB + cores * 128L * 64 * 9);
  }

  @Test
  void keptImagesCountWhole() {
    var memory = plan(10_000 * MIB, 128).memory();
    assertThat(memory.kept()).isTrue();
    assertThat(memory.most()).isEqualTo(memory.pixels() + memory.passing());
  }

  @Test
  void largeStoredImagesTakeTheirOwnSizePerCore() {
    var cores = Runtime.getRuntime().availableProcessors();
    assertThat(plan(MIB, 10_000).memory().passing() - plan(MIB, 0).memory().passing())
        .isEqualTo(cores * 10_000L * 5_000 * 9);
  }

  @Test
  void theSentenceNamesWhatIsNeededAndTheRemedy() {
    assertThat(
            new ReadingPlan(
                7, 3 * MIB, "2x2x3", new ReadingPlan.Memory(MIB, false, 2 * MIB, 9 * MIB)))
        .hasToString(
            "7 image files, 3 MiB, become 1 MiB of pixels (2x2x3), kept in a file: up to 2 MiB are in Java's heap at a time, which may grow to 9 MiB");
    assertThat(
            new ReadingPlan(
                7, 3 * MIB, "2x2x3", new ReadingPlan.Memory(8 * MIB, true, 2 * MIB, 9 * MIB)))
        .hasToString(
            "7 image files, 3 MiB, become 8 MiB of pixels (2x2x3), kept in memory: up to 10 MiB are in Java's heap at a time, which may grow to 9 MiB; give it more: OPENMARGIN_JAVA_OPTS=-Xmx20m");
  }
}

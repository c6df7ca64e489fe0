package org.openmargin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openmargin.experiment.Tiny.encoded;
import static org.openmargin.experiment.Tiny.tiny;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.synthetic.SyntheticCells;

/** Images that do not fit into memory. */
class ImagePlacementTest {
  @TempDir Path folder;

  @Test
  void imagesThatDoNotFitAreStreamedAndGiveTheSameNumbers() throws IOException {
    var notices = new ArrayList<String>();
    var streamed = tiny("runtime.images.resident_limit_mib=0", "runtime.images.reader_threads=3");
    var run = streamed.withNotices(notices::add).train(folder.resolve("streamed"));
    var resident = tiny().train(folder.resolve("resident"));
    assertThat(notices).contains("training images: 1 MiB, streamed by 3 threads, 8 batches ahead");
    assertThat(run.evaluate()).isEqualTo(resident.evaluate());
    assertThat(Files.readString(run.files().predictions()))
        .isEqualTo(Files.readString(resident.files().predictions()));
  }

  @Test
  void aFolderOfImagesThatDoNotFitIsDecodedToTheCacheFolderOnce() throws IOException {
    var cells = new SyntheticCells(new SyntheticCells.Settings(40, 12, 4, 4, 5)).load().train();
    for (var i = 0; i < cells.count(); i++) {
      var file = folder.resolve("images/class %d/%d.png".formatted(cells.labels()[i], i));
      Files.createDirectories(file.getParent());
      Files.write(file, encoded(cells.images().select(new int[] {i}), "png"));
    }
    var cache = folder.resolve("cache");
    var notices = new ArrayList<String>();
    var experiment =
        tiny(
                "data.folder.path=" + folder.resolve("images"),
                "data.folder.validation_fraction=0.42",
                "training.batch_size=16",
                "runtime.images.resident_limit_mib=0",
                "runtime.images.cache_directory=" + cache)
            .withNotices(notices::add);
    var run = experiment.train(folder.resolve("run"));
    run.evaluate();
    try (var files = Files.list(cache)) {
      var file = files.filter(f -> f.toString().endsWith(".pixels")).findFirst().orElseThrow();
      assertThat(notices)
          .contains(
              "96 decoded images do not fit into memory (limit 0 MiB); writing them once, 1 MiB, to "
                  + file,
              "96 decoded images read from " + file);
    }
  }
}

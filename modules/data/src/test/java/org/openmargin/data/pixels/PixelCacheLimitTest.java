package org.openmargin.data.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.data.ImageShape;

class PixelCacheLimitTest {
  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();

  private Path file(String name, int bytes, int hoursOld) throws IOException {
    var file = Files.write(folder.resolve(name), new byte[bytes]);
    var used = Instant.now().minus(Duration.ofHours(hoursOld)).minusSeconds(60);
    return Files.setLastModifiedTime(file, FileTime.from(used));
  }

  @Test
  void whatWasUsedLongestAgoGoesFirstAndNoMoreThanNeeded() throws IOException {
    var oldest = file("a.pixels", 100, 50);
    var middle = file("b.pixels", 100, 40);
    var youngest = file("c.pixels", 100, 30);
    new PixelCacheLimit(250).apply(folder, youngest, notices::add);
    assertThat(oldest).doesNotExist();
    assertThat(middle).exists();
    assertThat(youngest).exists();
    assertThat(notices)
        .singleElement()
        .asString()
        .contains("a.pixels was used longest ago", "runtime.images.cache_limit_mib");
    new PixelCacheLimit(250).apply(folder, youngest, notices::add);
    assertThat(notices).hasSize(1);
  }

  @Test
  void useKeepsAFile() throws IOException {
    var first = file("a.pixels", 100, 50);
    var second = file("b.pixels", 100, 40);
    PixelCacheLimit.used(first);
    new PixelCacheLimit(100).apply(folder, folder.resolve("new.pixels"), notices::add);
    assertThat(first).exists();
    assertThat(second).doesNotExist();
  }

  @Test
  void theAddedFileRecentOnesAndOthersStayHoweverLarge() throws IOException {
    var added = file("new.pixels", 1000, 5);
    var recent = file("running.pixels", 1000, 0);
    var others = List.of(file("notes.txt", 1000, 99), file("a.pixels.lock", 0, 99));
    new PixelCacheLimit(0).apply(folder, added, notices::add);
    assertThat(added).exists();
    assertThat(recent).exists();
    assertThat(others).allMatch(Files::exists);
    assertThat(notices).isEmpty();
  }

  @Test
  void unfinishedFilesOfKilledProcessesGo() throws IOException {
    var left = file("a.pixels.unfinished", 10, 2);
    var written = file("b.pixels.unfinished", 10, 0);
    new PixelCacheLimit(1 << 20).apply(folder, folder.resolve("c.pixels"), notices::add);
    assertThat(left).doesNotExist();
    assertThat(written).exists();
  }

  @Test
  void aFolderThatIsNotThereStopsNobody() {
    new PixelCacheLimit(0).apply(folder.resolve("none"), folder.resolve("x"), notices::add);
    assertThat(notices).isEmpty();
  }

  @Test
  void storageKeepsItsFolderBelowTheLimit() throws IOException {
    var old = file("old-set.pixels", 5000, 99);
    var shape = new ImageShape(2, 2, 1);
    var storage = new ImageStorage(folder, 0, notices::add).withFolderOf(6000);
    var origin = new ImageStorage.Origin("new", "/b", () -> "key");
    var kept = storage.keep(origin, shape, 1, sink -> fill(sink::add));
    assertThat(kept.images().count()).isEqualTo(1);
    assertThat(old).doesNotExist();
  }

  private interface Add {
    void image(byte[] pixels, int offset) throws IOException;
  }

  private static String fill(Add add) throws IOException {
    add.image(new byte[] {1, 2, 3, 4}, 0);
    return "";
  }
}

package org.openmargin.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.serving.archive.ArchiveRow;
import org.openmargin.spark.FileContents.Content;

class ArchiveItemsTest {
  private static final FileContents CONTENTS = new FileContents(new Configuration());

  @TempDir private Path folder;

  private String reason(Path file) {
    var content = CONTENTS.of(new ArchiveItem.InPlace(file.toString(), false));
    assertThat(content).isInstanceOf(Content.None.class);
    return ((Content.None) content).reason();
  }

  /** As a file of no bytes in a folder, which the model calls no image. */
  @Test
  void aRowWithoutContentIsMissingAndOneOfNoBytesIsAsked() {
    assertThat(CONTENTS.of(new ArchiveItem.Absent("a")))
        .isEqualTo(new Content.None(ArchiveRow.MISSING, "the table holds no content"));
    assertThat(CONTENTS.of(new ArchiveItem.Stored("a", new byte[0])))
        .isInstanceOf(Content.Bytes.class);
  }

  /** An array cannot hold it: the JVM throws an error, which would end the executor. */
  @Test
  void aFileOfThreeGigabytesIsARow() throws IOException {
    var large = folder.resolve("large.png");
    try (var file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    assertThat(reason(large)).isEqualTo(ArchiveRow.UNREADABLE);
    assertThat(reason(folder)).isEqualTo(ArchiveRow.UNREADABLE);
    assertThat(reason(folder.resolve("none.png"))).isEqualTo(ArchiveRow.MISSING);
  }

  @Test
  void answersAmongImagesMakeNoTableOfTheirFolder() throws IOException {
    var places = new Places(new Configuration());
    var images = places.path(folder.toString());
    Files.writeString(folder.resolve("a.png"), "");
    Files.createDirectory(folder.resolve("answers.parquet"));
    assertThat(ArchiveSource.isParquet(places, images, true)).isFalse();
    var answers = places.path(folder.resolve("answers.parquet").toString());
    assertThat(ArchiveSource.isParquet(places, answers, true)).isTrue();
    Files.writeString(folder.resolve("part-0.parquet"), "");
    assertThat(ArchiveSource.isParquet(places, images, true)).isTrue();
  }
}

package org.openmargin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.DataException;
import org.openmargin.data.manifest.FileList;

/** Beside the list that is read without Spark. */
class ManifestTest {
  @TempDir private Path folder;

  private static List<String> onSpark(Path list) {
    var places = new Places(new Configuration());
    return new Manifest(places, places.path(list.toString()))
        .items().stream().map(ArchiveItem::path).toList();
  }

  private static List<String> embedded(Path list) {
    return FileList.of(list).stream()
        .map(file -> file.toAbsolutePath().normalize().toString())
        .toList();
  }

  private void assertSame(String name, String text) throws IOException {
    var list = Files.writeString(folder.resolve(name), text);
    assertThat(onSpark(list)).isNotEmpty().isEqualTo(embedded(list));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file\na.png\n",
        "\ufeffid;file\n1; sub folder/ä ö.png \n2;sub\\b.png\n2;sub\\b.png\n",
        "\ufefffile\na.png\n",
        "id\tfilename\n1\ta.png\n",
        "id,Image Path,file\n1,x.png,a:b.png\n",
        "Image_Path,label\na.png,x\n,\n\nb.png,y\n",
        "path,image\na.png,x\n",
        "sep=;\nfile;n\n\"a,b.png\";1\n",
        "file|n\n/abs/a.png|1\n./c%20#x.png|1\n../up.png|1\n"
      })
  void tablesNameTheSameFiles(String text) throws IOException {
    assertSame("list.CSV", text);
    assertSame("list.tsv", text);
  }

  @Test
  void linesNameTheSameFiles() throws IOException {
    assertSame("list.txt", "\ufeffa.png\r\n  b ü.png \r\n\r\nsub\\c.png\na.png\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,name\n1,a.png\n",
        "id,file\n1,a.png\n2,\n",
        "id,file\n1\n",
        "image,filename\na.png,b.png\n",
        "file\n\"a.png\n",
        "file\na\0.png\n",
      })
  void whatIsRefusedWithoutSparkIsRefused(String text) throws IOException {
    var list = Files.writeString(folder.resolve("list.csv"), text);
    assertThatThrownBy(() -> embedded(list)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> onSpark(list))
        .isInstanceOf(ArchiveException.class)
        .hasMessageStartingWith(list + ": ");
  }

  @Test
  void otherEncodingsAreNamed() throws IOException {
    var list = Files.writeString(folder.resolve("a.txt"), "\ufeffa.png", StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> onSpark(list))
        .hasMessageContaining("a manifest must be text in UTF-8");
  }

  @Test
  void addressesStayAsTheyAre() throws IOException {
    var list = Files.writeString(folder.resolve("a.txt"), "s3a://bucket/a b.png\nhdfs:///c.png\n");
    assertThat(onSpark(list)).containsExactly("s3a://bucket/a b.png", "hdfs:///c.png");
  }
}

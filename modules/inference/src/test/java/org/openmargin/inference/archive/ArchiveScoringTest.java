package org.openmargin.inference.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.data.DataException;
import org.openmargin.files.FolderLock;
import org.openmargin.inference.FakeModel;
import org.openmargin.inference.FileClassifier;
import org.openmargin.serving.Classification;
import org.openmargin.serving.archive.Audit;

class ArchiveScoringTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final Audit AUDIT = new Audit("blood", "3", "abc", 50.5);
  private static final int FILES = 100;

  @TempDir Path folder;
  private List<Path> files;
  private Path out;

  /** A damaged file, one that is no image, and one that is missing among a hundred. */
  @BeforeEach
  void write() throws IOException {
    var archive = Files.createDirectory(folder.resolve("archive"));
    files = new ArrayList<>();
    for (var i = 0; i < FILES; i++) {
      var file = archive.resolve("%03d, \"x\".png".formatted(i));
      files.add(Files.write(file, new byte[] {(byte) i, 1}));
    }
    Files.delete(files.get(42));
    out = folder.resolve("answers.csv");
  }

  private ScoringPlan plan(AnswerFormat format) {
    return new ScoringPlan(folder.resolve("archive"), AUDIT, format, 9);
  }

  private ArchiveScoring.Outcome score(
      Function<List<byte[]>, List<Classification>> model, AnswerFormat format) {
    var classifier = new FileClassifier(model, 2, 4);
    return new ArchiveScoring(classifier, (what, done, total) -> {}, CLOCK)
        .score(plan(format), files, out);
  }

  @Test
  void everyFileIsARowInOrder() throws IOException {
    var outcome = score(new FakeModel(), AnswerFormat.CSV);

    assertThat(outcome).isEqualTo(new ArchiveScoring.Outcome(FILES, 0));
    try (var csv = CsvReader.builder().ofNamedCsvRecord(out)) {
      var rows = csv.stream().toList();
      assertThat(rows).extracting(row -> Path.of(row.getField("file"))).isEqualTo(files);
      for (var i = 0; i < FILES; i++) {
        var row = rows.get(i);
        var broken = i == 42 || i == FakeModel.DAMAGED || i == FakeModel.NO_IMAGE;
        assertThat(row.getField("unknown_score")).isEqualTo(broken ? "" : i + ".0");
        assertThat(row.getField("is_unknown")).isEqualTo(Boolean.toString(broken || i > 50));
        assertThat(row.getField("label")).isEqualTo(broken || i > 50 ? "unknown" : "a");
        assertThat(row.getField("reason").equals("ok")).isEqualTo(!broken);
        assertThat(row.getField("model_digest")).isEqualTo("abc");
        assertThat(row.getField("model_version")).isEqualTo("3");
        assertThat(row.getField("threshold")).isEqualTo("50.5");
        assertThat(row.getField("time")).isEqualTo("1970-01-01T00:00:00Z");
      }
      assertThat(rows.get(42).getField("reason")).isEqualTo("missing");
      assertThat(rows.get(42).getField("detail")).isEqualTo("there is no such file");
    }
    assertThat(folder.resolve("answers.csv.parts")).doesNotExist();
  }

  @Test
  void jsonLinesHoldTheSame() throws IOException {
    out = folder.resolve("answers.jsonl");
    score(new FakeModel(), AnswerFormat.of(out));

    var rows = Files.readAllLines(out).stream().map(JsonParser::parseString).toList();
    assertThat(rows).hasSize(FILES);
    assertThat(rows.get(7).getAsJsonObject().get("unknown_score").getAsDouble()).isEqualTo(7);
    assertThat(rows.get(7).getAsJsonObject().get("is_unknown").getAsBoolean()).isFalse();
    assertThat(rows.get(42).getAsJsonObject().has("unknown_score")).isFalse();
    assertThat(rows.get(42).getAsJsonObject().get("reason").getAsString()).isEqualTo("missing");
  }

  /** What the files hold is read by Spark, in module spark. */
  @Test
  void parquetIsAFolderOfShards() throws IOException {
    out = folder.resolve("answers.parquet");
    assertThatThrownBy(() -> score(new Dying(7), AnswerFormat.of(out)))
        .isInstanceOf(AssertionError.class);
    assertThat(out).doesNotExist();
    var outcome = score(new FakeModel(), AnswerFormat.of(out));

    assertThat(outcome.resumed()).isPositive();
    try (var parts = Files.list(out)) {
      assertThat(parts.map(part -> part.getFileName().toString()).sorted().toList())
          .hasSize((FILES + 8) / 9 + 1)
          .startsWith("_SUCCESS", "part-00000.parquet")
          .endsWith("part-00011.parquet");
    }
    var part = new String(Files.readAllBytes(out.resolve("part-00003.parquet")), ISO_8859_1);
    assertThat(part).startsWith("PAR1").endsWith("PAR1").contains("model_digest");
    assertThat(folder.resolve("answers.parquet.parts")).doesNotExist();
  }

  /** Dies, as a killed process does, at some call; nothing is cleaned up by it. */
  private static final class Dying implements Function<List<byte[]>, List<Classification>> {
    private final FakeModel model = new FakeModel();
    private final int at;

    private Dying(int at) {
      this.at = at;
    }

    @Override
    public List<Classification> apply(List<byte[]> contents) {
      if (model.calls.get() >= at) {
        throw new AssertionError("killed");
      }
      return model.apply(contents);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 11, 16})
  void killedTwiceAndResumedGivesWhatAWholeRunGives(int at) throws IOException {
    score(new FakeModel(), AnswerFormat.CSV);
    var whole = Files.readString(out);
    Files.delete(out);

    for (var kill = 0; kill < 2; kill++) {
      assertThatThrownBy(() -> score(new Dying(at), AnswerFormat.CSV)).hasMessage("killed");
      assertThat(out).doesNotExist();
      // What a process that is killed while it writes leaves behind, too.
      Files.writeString(folder.resolve("answers.csv.parts/.000004.1.tmp"), "half a row");
      // A file that comes in between belongs to the next archive.
      files.add(0, files.get(3));
    }
    var outcome = score(new FakeModel(), AnswerFormat.CSV);

    assertThat(Files.readString(out)).isEqualTo(whole);
    assertThat(outcome.files()).isEqualTo(FILES);
    assertThat(outcome.resumed() > 0).isEqualTo(at >= 5);
    assertThat(folder.resolve("answers.csv.parts")).doesNotExist();
  }

  @Test
  void aRunKilledWhileItCleansUpIsFinished() throws IOException {
    score(new FakeModel(), AnswerFormat.CSV);
    var whole = Files.readString(out);
    var parts = Files.createDirectory(folder.resolve("answers.csv.parts"));
    Files.writeString(parts.resolve("plan.txt"), plan(AnswerFormat.CSV).text());
    Files.writeString(parts.resolve("000003"), "rest");

    score(new Dying(0), AnswerFormat.CSV);

    assertThat(Files.readString(out)).isEqualTo(whole);
    assertThat(parts).doesNotExist();
  }

  @Test
  void anotherRunIsNotMixedIn() {
    assertThatThrownBy(() -> score(new Dying(5), AnswerFormat.CSV)).hasMessage("killed");

    refused(AnswerFormat.JSONL, "holds shards of another run");
  }

  @Test
  void anotherFileIsNotOverwritten() throws IOException {
    Files.writeString(out, "mine");

    refused(AnswerFormat.CSV, "already exists; name another file");
    assertThat(out).hasContent("mine");
  }

  @Test
  void twoProcessesDoNotScoreIntoOneFile() throws IOException {
    var lock = new FolderLock(folder.resolve("answers.csv.parts/.lock"));
    lock.tryHolding(
        () -> {
          refused(AnswerFormat.CSV, "another process scores into");
          return true;
        });
  }

  private void refused(AnswerFormat format, String why) {
    assertThatThrownBy(() -> score(new FakeModel(), format))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(why);
  }

  @Test
  void anArchiveIsAFolderOrAManifest() throws IOException {
    var archive = folder.resolve("archive");
    assertThat(ArchiveFiles.in(archive).files()).hasSize(FILES - 1);
    Files.writeString(folder.resolve("m.txt"), "archive/a.png\n\nb b.png\n");
    assertThat(ArchiveFiles.in(folder.resolve("m.txt")).files())
        .containsExactly(archive.resolve("a.png"), folder.resolve("b b.png"));
    Files.writeString(folder.resolve("m.csv"), "id,file\n1,\"a, b.png\"\n");
    assertThat(ArchiveFiles.in(folder.resolve("m.csv")).files())
        .containsExactly(folder.resolve("a, b.png"));
    Files.writeString(folder.resolve("excel.csv"), "\ufeffpath;label\narchive\\a.png;x\n");
    assertThat(ArchiveFiles.in(folder.resolve("excel.csv")).files())
        .containsExactly(archive.resolve("a.png"));
    Files.writeString(folder.resolve("bom.txt"), "\ufeffarchive/a.png\r\n");
    assertThat(ArchiveFiles.in(folder.resolve("bom.txt")).files())
        .containsExactly(archive.resolve("a.png"));
    Files.writeString(folder.resolve("blank.csv"), "id,file\n1,a.png\n2,\n3\n");
    assertThatThrownBy(() -> ArchiveFiles.in(folder.resolve("blank.csv")))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("rows without a path (2): line 3, line 4");
    Files.writeString(folder.resolve("bad.csv"), "id,place\n1,a.png\n");
    Files.writeString(folder.resolve("empty.txt"), "\n");
    Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    for (var bad : List.of("bad.csv", "empty.txt", "none.txt", "binary.txt")) {
      assertThatThrownBy(() -> ArchiveFiles.in(folder.resolve(bad)))
          .isInstanceOf(DataException.class);
    }
    assertThatThrownBy(() -> AnswerFormat.of(Path.of("answers.txt")))
        .hasMessageContaining("must end in .csv, .jsonl or .parquet");
  }

  @Test
  void everyShardHasItsFiles() {
    var plan = plan(AnswerFormat.CSV);
    var seen =
        IntStream.range(0, plan.shards(FILES))
            .boxed()
            .flatMap(number -> plan.filesOf(files, number).stream())
            .toList();
    assertThat(seen).isEqualTo(files);
    assertThat(plan.shards(99)).isEqualTo(11);
  }
}

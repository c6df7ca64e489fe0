package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.Terminal;
import org.openmargin.cli.data.DownloadProgress;
import org.openmargin.cli.predict.Answer;
import org.openmargin.cli.predict.AnswerCsv;
import org.openmargin.cli.predict.AnswerJsonLines;
import org.openmargin.cli.predict.AnswerTable;
import org.openmargin.cli.predict.AnswerWriter;
import org.openmargin.cli.predict.ImagePaths;
import org.openmargin.data.DataException;

/** What commands print, without a model. */
class FormsTest {
  private static final Answer ANSWER =
      new Answer(
          Path.of("a, \"b\".png"),
          0.25,
          true,
          true,
          new Answer.BestKnown("blast", 0.75),
          List.of(0.75f, 0.125f));
  private static final Answer.Model MODEL = new Answer.Model(List.of("blast", "band"), 0.2);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console(boolean terminal) {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        "openmargin");
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void write(AnswerWriter writer) {
    writer.begin(MODEL, List.of(ANSWER.file()));
    writer.write(ANSWER);
  }

  @Test
  void csvQuotesWhatNeedsIt() {
    write(new AnswerCsv(console(false)));
    assertThat(printed().lines())
        .containsExactly(
            "file,label,is_unknown,input_is_unusual,rejection,unknown_score,best_known_label,p(blast),p(band)",
            "\"a, \"\"b\"\".png\",unknown,true,true,unusual input,0.25,blast,0.75,0.125");
  }

  @Test
  void jsonLinesAreJson() {
    write(new AnswerJsonLines(console(false)));
    var json = JsonParser.parseString(printed()).getAsJsonObject();
    assertThat(json.get("file").getAsString()).isEqualTo("a, \"b\".png");
    assertThat(json.get("is_unknown").getAsBoolean()).isTrue();
    assertThat(json.getAsJsonObject("probabilities").get("band").getAsDouble()).isEqualTo(0.125);
  }

  @Test
  void tableIsTheSameInEveryLanguage() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      write(new AnswerTable(console(false)));
    } finally {
      Locale.setDefault(before);
    }
    assertThat(printed()).contains("0.250000", "0.7500", "above 0.2", "unusual input");
  }

  @Test
  void theTableFitsTheTerminalAndKeepsTheEndOfALongName() {
    var terminal = new Terminal(true, true, 100, false);
    var narrow =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8), System.err, terminal, "openmargin");
    var writer = new AnswerTable(narrow);
    var file = Path.of("folder/".repeat(30) + "cell-0123.png");
    writer.begin(MODEL, List.of(file));
    writer.write(new Answer(file, 0.25, true, false, ANSWER.bestKnown(), ANSWER.probabilities()));
    assertThat(printed().lines()).allMatch(line -> line.length() <= 100);
    assertThat(printed()).contains("...", "cell-0123.png", "unknown score");
  }

  @Test
  void downloadTellsEveryTenthWithoutATerminal() {
    var progress = new DownloadProgress(console(false));
    for (var kib = 0; kib <= 1000; kib++) {
      progress.at(kib * 1024L, 1000 * 1024L);
    }
    progress.close();
    assertThat(said().lines()).hasSize(11).last().isEqualTo("1.0 of 1.0 MiB");
    assertThat(printed()).isEmpty();
  }

  @Test
  void downloadOfUnknownLengthTellsWhatCame() {
    var progress = new DownloadProgress(console(false));
    progress.at(5 << 20, -1);
    assertThat(said().strip()).isEqualTo("5.0 MiB");
  }

  @Test
  void downloadDrawsABarOnATerminal() {
    var progress = new DownloadProgress(console(true));
    progress.at(1 << 20, 2 << 20);
    progress.close();
    assertThat(said())
        .startsWith("\r\033[K[" + "=".repeat(20) + " ".repeat(20) + "] 1.0 of 2.0 MiB")
        .endsWith("\r\033[K");
  }

  @Test
  void foldersGiveTheirImagesSorted(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("z"));
    for (var name : List.of("b.png", "z/a.JPG", "a.jpeg", ".hidden.png", "notes.txt")) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(ImagePaths.of(List.of(Path.of("given.gif"), folder)).files())
        .containsExactly(
            Path.of("given.gif"),
            folder.resolve("a.jpeg"),
            folder.resolve("b.png"),
            folder.resolve("z/a.JPG"));
  }

  @Test
  void folderWithoutImagesIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> ImagePaths.of(List.of(folder)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(folder.toString());
  }
}

package org.openmargin.files.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainedLogTest {
  private static final int LINES = 6;

  @TempDir Path folder;

  private ChainedLog log;

  @BeforeEach
  void sixEvents() throws IOException {
    log = new ChainedLog(folder.resolve("audit.jsonl"), Optional.empty());
    for (var i = 0; i < LINES; i++) {
      log.append(List.of(Map.of("decision", "known: \"cell\" " + i)));
    }
  }

  private List<String> lines() throws IOException {
    return new ArrayList<>(Files.readAllLines(log.file()));
  }

  private ChainCheck after(List<String> lines) throws IOException {
    Files.writeString(log.file(), String.join("\n", lines) + "\n");
    return ChainCheck.of(log);
  }

  @Test
  void aLogThatNobodyTouchedIsWhole() throws IOException {
    assertThat(ChainCheck.of(log)).isEqualTo(new ChainCheck(LINES, Optional.empty()));
    assertThat(lines().get(2)).startsWith("{\"n\":3,\"time\":\"20").contains("\\\"cell\\\" 2");
  }

  /** At every line, so at the first and the last as well. */
  @Test
  void changedRemovedInsertedAndMovedLinesAreFound() throws IOException {
    for (var i = 0; i < LINES; i++) {
      log = new ChainedLog(folder.resolve(i + ".jsonl"), Optional.empty());
      sixEventsInto(log);
      var whole = lines();
      var changed = new ArrayList<>(whole);
      changed.set(i, whole.get(i).replace("known", "unknown"));
      assertThat(after(changed).fault().orElseThrow()).startsWith("line " + (i + 1) + ": it was");
      var removed = new ArrayList<>(whole);
      removed.remove(i);
      var where = i == LINES - 1 ? "end: the head says line 6; 5 are there" : "line " + (i + 1);
      assertThat(after(removed).fault().orElseThrow()).startsWith(where);
      var doubled = new ArrayList<>(whole);
      doubled.add(i, whole.get(i));
      assertThat(after(doubled).fault().orElseThrow()).startsWith("line " + (i + 2));
      if (i > 0) {
        var moved = new ArrayList<>(whole);
        Collections.swap(moved, i - 1, i);
        assertThat(after(moved).fault().orElseThrow()).startsWith("line " + i);
      }
      assertThat(after(whole).fault()).isEmpty();
    }
  }

  private static void sixEventsInto(ChainedLog log) throws IOException {
    for (var i = 0; i < LINES; i++) {
      log.append(List.of(Map.of("decision", "known " + i)));
    }
  }

  @Test
  void aCutLineAndAMissingHeadAreFound() throws IOException {
    var text = Files.readString(log.file());
    Files.writeString(log.file(), text.substring(0, text.length() - 20));
    assertThat(ChainCheck.of(log).fault().orElseThrow()).startsWith("line 6: it is not a whole");
    assertThatThrownBy(() -> log.append(List.of(Map.of("a", "b")))).hasMessageContaining("broken");
    Files.writeString(log.file(), text);
    Files.delete(log.head());
    assertThat(ChainCheck.of(log).fault().orElseThrow()).contains("no head");
    assertThatThrownBy(() -> log.append(List.of(Map.of("a", "b"))))
        .hasMessageContaining("nothing is appended");
  }

  @Test
  void nothingIsAppendedAfterLinesWereRemoved() throws IOException {
    after(lines().subList(0, 4));
    assertThatThrownBy(() -> log.append(List.of(Map.of("a", "b"))))
        .hasMessageContaining("does not end as");
  }

  /** A process that was killed between the line and the head. */
  @Test
  void aLineAfterTheHeadIsGoneOnFrom() throws IOException {
    var head = Files.readString(log.head());
    log.append(List.of(Map.of("a", "b")));
    Files.writeString(log.head(), head);
    log.append(List.of(Map.of("a", "c")));
    assertThat(ChainCheck.of(log)).isEqualTo(new ChainCheck(LINES + 2, Optional.empty()));
  }

  @Test
  void withoutTheKeyNoChainCanBeMade() throws IOException {
    var keyFile = folder.resolve("site.key");
    Files.write(keyFile, "a key of 32 bytes, long enough..".getBytes(StandardCharsets.UTF_8));
    var key = Optional.of(SiteKey.read(keyFile));
    var keyed = new ChainedLog(folder.resolve("keyed.jsonl"), key);
    sixEventsInto(keyed);
    assertThat(ChainCheck.of(keyed).fault()).isEmpty();
    var other = new ChainedLog(keyed.file(), Optional.of(SiteKey.random()));
    assertThat(ChainCheck.of(other).fault().orElseThrow()).contains("another key");
    var none = new ChainedLog(keyed.file(), Optional.empty());
    assertThat(ChainCheck.of(none).fault().orElseThrow()).contains("with a key");
    Files.copy(log.file(), folder.resolve("forged.jsonl"));
    Files.copy(log.head(), folder.resolve("forged.jsonl.head"));
    var forged = new ChainedLog(folder.resolve("forged.jsonl"), key);
    assertThat(ChainCheck.of(forged).fault().orElseThrow()).startsWith("line 1");
  }

  @Test
  void manyThreadsKeepTheChainWhole() throws IOException {
    var failures =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    log.append(List.of(Map.of("i", "" + i), Map.of("i", "and " + i)));
                    return "";
                  } catch (IOException e) {
                    return e.getMessage();
                  }
                })
            .filter(failure -> !failure.isEmpty())
            .toList();
    assertThat(failures).isEmpty();
    assertThat(ChainCheck.of(log)).isEqualTo(new ChainCheck(LINES + 80, Optional.empty()));
  }

  /** Two processes, each with a JVM of its own. */
  @Test
  void twoProcessesKeepTheChainWhole() throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            Appending.class.getName(),
            log.file().toString());
    var first = new ProcessBuilder(command).inheritIO().start();
    var second = new ProcessBuilder(command).inheritIO().start();
    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(ChainCheck.of(log)).isEqualTo(new ChainCheck(LINES + 100, Optional.empty()));
  }

  /** Appends fifty lines, one by one. */
  static final class Appending {
    private Appending() {}

    public static void main(String[] args) throws IOException {
      var log = new ChainedLog(Path.of(args[0]), Optional.empty());
      for (var i = 0; i < 50; i++) {
        log.append(List.of(Map.of("i", "" + i)));
      }
    }
  }
}

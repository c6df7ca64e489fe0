package org.openmargin.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
  private final AtomicLong nanos = new AtomicLong(17);
  private final TimeLeft left = new TimeLeft(nanos::get);

  @Test
  void isProportionalToWhatIsLeft() {
    left.begin();
    after(10);
    assertThat(left.at(250, 1000)).isEqualTo(", 30 s left");
    assertThat(left.at(100, 1000)).isEqualTo(", 2 min left");
    assertThat(left.at(1, 1000)).isEqualTo(", 2.8 h left");
  }

  @Test
  void isNotGuessedInTheFirstSecondsAtTheEndOrWithoutATotal() {
    left.begin();
    after(2);
    assertThat(left.at(1, 1000)).isEmpty();
    after(8);
    assertThat(left.at(0, 1000)).isEmpty();
    assertThat(left.at(1000, 1000)).isEmpty();
    assertThat(left.at(5, 0)).isEmpty();
  }

  @Test
  void countsFromTheBeginningOfEachPieceOfWork() {
    var printed = new ByteArrayOutputStream();
    var err = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var line = new StatusLine(err, Terminal.USUAL, nanos::get);
    line.at("reading", 1, 10);
    after(100);
    line.at("writing", 0, 10);
    after(5);
    line.at("writing", 5, 10);
    assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith(" 5 of 10, 5 s left");
  }

  @Test
  void isNotInALog() {
    var printed = new ByteArrayOutputStream();
    var err = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var line = new StatusLine(err, Terminal.NONE, nanos::get);
    line.at("reading", 1, 10);
    after(100);
    line.at("reading", 5, 10);
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("reading");
  }

  private void after(long seconds) {
    nanos.addAndGet(seconds * 1_000_000_000);
  }
}

package org.openmargin.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console(Terminal terminal) {
    return new Console(print(out), print(err), terminal, "om");
  }

  private static PrintStream print(OutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void resultsAndNoticesGoTheirOwnWays() {
    var console = console(Terminal.NONE);
    console.print("%.1f", 0.5);
    console.remark("a notice");
    console.error("an error");
    console.next("export", "my run");
    assertThat(printed()).isEqualTo("0.5\n");
    assertThat(said()).isEqualTo("a notice\nopenmargin: an error\nnext: om export 'my run'\n");
  }

  @Test
  void quietLeavesResultsAndErrors() {
    var console = console(new Terminal(true, true, 80, false));
    console.beQuiet();
    console.status().at("reading", 1, 2);
    console.status().brief("reading");
    console.remark("a notice");
    console.next("export");
    console.withoutText().remark("another");
    console.line("result");
    console.error("an error");
    assertThat(printed()).isEqualTo("result\n");
    assertThat(said()).isEqualTo("openmargin: an error\n");
  }

  @Test
  void anObjectStandsInPlaceOfText() {
    var console = console(Terminal.NONE);
    console.withoutText().line("for people");
    var object = new JsonObject();
    object.addProperty("path", "a<b>&é");
    console.json(object);
    assertThat(JsonParser.parseString(printed())).isEqualTo(object);
    assertThat(printed()).contains("a<b>&é");
  }

  @Test
  void onATerminalOneLineIsRedrawnAndRemoved() {
    var console = console(new Terminal(true, true, 60, false));
    console.status().at("reading images", 1, 4);
    console.status().at("reading images", 1, 4);
    console.status().at("reading images", 2, 4);
    console.line("result");
    assertThat(said())
        .isEqualTo(
            "\r\033[Kreading images [======                  ] 1 of 4"
                + "\r\033[Kreading images [============            ] 2 of 4"
                + "\r\033[K");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 40, 80})
  void theLineIsNarrowerThanTheTerminal(int columns) {
    console(new Terminal(true, true, columns, false))
        .status()
        .at("writing the SavedModel and checking its answers", 123_456, 234_567);
    assertThat(said().replace("\r\033[K", "").length()).isLessThan(columns);
  }

  @Test
  void elsewhereAPieceOfWorkIsOneLine() {
    var console = console(Terminal.NONE);
    for (var i = 0; i < 100; i++) {
      console.status().at("reading images", i, 100);
    }
    console.status().brief("loading");
    console.status().begin("building the graph");
    console.line("result");
    assertThat(said()).isEqualTo("reading images\nbuilding the graph\n");
  }

  @Test
  void errorsAndWarningsAreColouredOnATerminal() {
    var console = console(new Terminal(true, true, 80, true));
    console.error("bad");
    console.remark("warning: odd");
    console.remark("plain");
    assertThat(said())
        .isEqualTo("\033[31mopenmargin: \033[0mbad\n\033[33mwarning: \033[0modd\nplain\n");
  }

  @ParameterizedTest
  @CsvSource({"'',xterm,true", "1,xterm,false", "0,xterm,false", "'',dumb,false"})
  void noColorAndDumbTerminalsAreHonoured(String noColor, String term, boolean coloured) {
    assertThat(Terminal.coloured(Map.of("NO_COLOR", noColor, "TERM", term))).isEqualTo(coloured);
  }

  @Test
  void aBrokenPipeEndsTheCommandAndAFullDiskDoesNot() {
    var broken = print(new PipedOutput(failing("Broken pipe")));
    assertThatThrownBy(() -> broken.println("x")).isInstanceOf(NoReaderException.class);
    assertThat(ExitCodes.of(new NoReaderException(new IOException()))).isEqualTo(141);
    var full = print(new PipedOutput(failing("No space left on device")));
    full.println("x");
    assertThat(full.checkError()).isTrue();
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}

package org.openmargin.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void aFileNameCannotSendCommandsToTheTerminal() {
    var bytes = new ByteArrayOutputStream();
    var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var console = new Console(stream, stream, false, "openmargin");
    console.error("\033[31mred.png\u009b: größe\n\t细胞");
    console.remark("warning: a\u202eb");
    console.print("%s", "c\u0007d");
    console.line("runs/\033[2Je");
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "openmargin: \ufffd[31mred.png\ufffd: größe\n\t细胞%nwarning: a\ufffdb%nc\ufffdd%nruns/\ufffd[2Je%n"
                .formatted());
  }

  @Test
  void aFileNameCannotBreakATable() {
    assertThat(Column.shortened("a\nb\tc\u2028\033d.png", 40))
        .isEqualTo("a\ufffdb\ufffdc\ufffd\ufffdd.png");
  }
}

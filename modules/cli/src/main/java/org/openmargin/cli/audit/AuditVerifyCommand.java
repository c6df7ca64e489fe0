package org.openmargin.cli.audit;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.data.DataException;
import org.openmargin.experiment.audit.SiteKeys;
import org.openmargin.files.FileErrors;
import org.openmargin.files.log.ChainCheck;
import org.openmargin.files.log.ChainedLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    header = "Find the first line of a log that was changed, removed, inserted or moved.",
    description = {
      "Lines missing at the end are found by FILE.head. Nobody can see that both files were put",
      "back to an earlier state: keep a copy of FILE.head elsewhere. Without a key, whoever can",
      "write the log can also make a new one."
    },
    exitCodeList = {
      "0:the log is whole",
      ExitCodes.ARGUMENTS_TEXT,
      "3:the log is broken, or cannot be read",
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin audit verify audit.jsonl",
      "  openmargin audit verify audit.jsonl --key site.key"
    })
final class AuditVerifyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The log.")
  private Path file;

  @Option(names = "--key", paramLabel = "FILE", description = "The key that it was written with.")
  private Optional<Path> key;

  @Mixin private JsonOption json;

  AuditVerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var check = check();
    var text = json.text(console);
    if (check.fault().isEmpty()) {
      text.print("%s: %,d lines, whole and in order", file, check.lines());
    } else {
      text.print("%s: %s", file, check.fault().get());
      text.print("the %,d lines before are whole and in order", check.lines());
    }
    json.print(console, () -> json(check));
    return check.fault().isEmpty() ? ExitCodes.OK : ExitCodes.DATA;
  }

  private ChainCheck check() {
    try {
      return ChainCheck.of(new ChainedLog(file, key.map(SiteKeys::read)));
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + FileErrors.reason(e), e);
    }
  }

  private JsonObject json(ChainCheck check) {
    var results = new JsonObject();
    results.addProperty("file", file.toString());
    results.addProperty("whole", check.fault().isEmpty());
    results.addProperty("lines", check.lines());
    check.fault().ifPresent(fault -> results.addProperty("fault", fault));
    return results;
  }
}

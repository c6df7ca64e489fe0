package org.openmargin.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.Notices;
import org.openmargin.cli.console.Overrides;
import org.openmargin.data.audit.AuditSettings;
import org.openmargin.data.audit.Embedding;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.audit.AuditedData;
import org.openmargin.experiment.audit.Auditing;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.wiring.runtime.ImageCache;
import org.openmargin.files.FileErrors;
import org.openmargin.report.EvaluationHtml;
import org.openmargin.report.ReportException;
import org.openmargin.report.audit.AuditText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    header = "Find what makes figures too good, or a network learn the wrong thing.",
    description = {
      "Looks for equal and nearly equal images in one or two splits, for one image under two labels,",
      "for groups (patients, slides) in two splits, for images of one colour, and whether files,",
      "brightness or borders tell the classes. Of an experiment, the images that it uses; of an .npz",
      "file, a folder, a manifest or TFRecord files, all. Training stops at what training and test",
      "share."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.USAGE_TEXT,
      "3:training and test share images or groups, or images cannot be used",
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin data audit my.textproto",
      "  openmargin data audit images/ --page audit.html --images",
      "  openmargin data audit images.csv --by patient_id",
      "  openmargin data audit bloodmnist.npz --turned --json",
      "  openmargin data audit images/ --model savedmodels/mine"
    })
final class DataAuditCommand implements Callable<Integer> {
  private static final int SIZE_PX = 64;

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DATA",
      description = "An experiment, an .npz file, a folder, a manifest or TFRecord files.")
  private Path what;

  @Option(
      names = "--near",
      paramLabel = "C",
      defaultValue = "0.97",
      description = {
        "Least correlation of two images, as 16 x 16 grey means, that show the same.",
        "Default: ${DEFAULT-VALUE}."
      })
  private double limit;

  @Option(
      names = "--turned",
      description = "Also find copies that are turned by 90, 180 or 270 degrees, or mirrored.")
  private boolean turned;

  @Option(
      names = "--cropped",
      description = "Also find copies whose edges are cropped, by up to a tenth of the side.")
  private boolean cropped;

  @Option(names = "--page", paramLabel = "FILE", description = "Also write the findings as a page.")
  private Optional<Path> page;

  @Option(
      names = "--images",
      description = {
        "Show the images on the page, side by side. It then holds",
        "images of the data set: handle it like those."
      })
  private boolean images;

  @Mixin private AuditModel model;

  @Mixin private ManifestOptions columns;

  @Mixin private Overrides overrides;

  @Mixin private JsonOption json;

  DataAuditCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!(limit > 0 && limit <= 1)) {
      throw new ParameterException(
          spec.commandLine(), "--near %s must be above 0 and at most 1".formatted(limit));
    }
    if (images && page.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--images needs --page FILE to show them on");
    }
    var settings = new AuditSettings(limit, turned, cropped);
    var audited = model.during(console, embedding -> audited(settings, embedding));
    var report = audited.message();
    var text = json.text(console);
    AuditText.lines(report).forEach(text::line);
    if (!audited.refusedGroups().isEmpty()) {
      text.line(
          "training refuses a manifest's groups in several parts; to accept them: crossing_groups: [\"%s\"]"
              .formatted(String.join("\", \"", audited.refusedGroups())));
    }
    page.ifPresent(
        file -> {
          write(file, audited);
          text.line("page         " + file);
        });
    json.print(console, () -> Json.parsed(JsonMessage.text(report)));
    return audited.isRefused() ? ExitCodes.DATA : ExitCodes.OK;
  }

  private AuditedData audited(AuditSettings settings, Optional<Embedding> embedding) {
    console.status().brief("reading images");
    var work = console.status();
    var storage = ImageCache.storage(notice -> {}).following(work);
    var loose = new LooseImages(what, columns.settings(""), SIZE_PX, storage).source();
    if (loose.isPresent()) {
      return new Auditing(settings, work, embedding).of(loose.get());
    }
    // What the source says of equal images, the audit says, too.
    return new Notices(console)
        .shown(Experiment.read(what, overrides.toArray()))
        .withNotices(notice -> {})
        .audit(settings, embedding);
  }

  private void write(Path file, AuditedData audited) {
    try {
      EvaluationHtml.writeAudit(file, audited.message(), images ? audited.pictures() : Map.of());
    } catch (IOException e) {
      throw new ReportException("cannot write " + file + ": " + FileErrors.reason(e), e);
    }
  }
}

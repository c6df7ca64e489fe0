package org.openmargin.cli.data;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.cli.console.NewTextFile;
import org.openmargin.data.DataException;
import org.openmargin.data.division.Fold;
import org.openmargin.data.manifest.DividedRows;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.manifest.ManifestRow;
import org.openmargin.data.manifest.SplitFile;
import org.openmargin.files.ShellWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "split",
    header = "Divide the images of a manifest, and never a patient.",
    description = {
      "Reads a table (CSV) with a row per image and writes it with a column split: train,",
      "validation or test. Groups, such as patients, stay together; shares are kept class by",
      "class as near as the groups allow; every class is in every part, or the division is",
      "refused. The same table and seed give the same division, in any order of the rows.",
      "The file is a manifest again: data { manifest { path: \"FILE\" } ... } in an experiment."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin data split images.csv --by patient_id --out split.csv",
      "  openmargin data split images.csv --by patient_id --folds 5 --out split.csv",
      "  openmargin data split images.csv --by slide --held-out clinic-b --out split.csv",
      "  openmargin data split images.csv --unknown blast,artefact --out split.csv"
    })
final class DataSplitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "MANIFEST", description = "A table with a row per image.")
  private Path manifest;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "A new file.")
  private Path out;

  @Mixin private ManifestOptions columns;

  @Mixin private DivisionOptions options;

  @Mixin private JsonOption json;

  DataSplitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    options.require();
    var files = files();
    files.stream().map(NewTextFile::new).forEach(NewTextFile::requireNew);
    console.status().brief("reading the manifest");
    var read = Manifest.read(manifest, columns.settings("-"));
    imagesMustBeFiles(read);
    unknownMustOccur(read);
    var written = new ArrayList<DivisionTable>();
    for (var i = 0; i < files.size(); i++) {
      var rows = divided(read, fold(i));
      new SplitFile(files.get(i)).write(rows, read.otherColumns());
      var table = new DivisionTable(rows.stream().map(ManifestRow::entry).toList(), files.get(i));
      table.print(json.text(console));
      json.text(console).line("wrote " + files.get(i));
      written.add(table);
    }
    json.text(console)
        .line("next: %s config init --data %s".formatted(console.program(), word(files)));
    json.print(console, () -> json(written));
    return ExitCodes.OK;
  }

  private static Object word(List<Path> files) {
    return ShellWord.of(files.get(0));
  }

  private List<ManifestRow> divided(Manifest read, Optional<Fold> fold) {
    try {
      return new DividedRows(read, options.division(fold)).rows();
    } catch (DataException e) {
      throw new DataException(manifest + ": " + e.getMessage(), e);
    }
  }

  private Optional<Fold> fold(int index) {
    var folds = options.folds();
    return folds.isEmpty() ? Optional.empty() : Optional.of(new Fold(folds.getAsInt(), index));
  }

  private List<Path> files() {
    var folds = options.folds();
    if (folds.isEmpty()) {
      return List.of(out);
    }
    var name = String.valueOf(out.getFileName());
    var dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    return IntStream.range(0, folds.getAsInt())
        .mapToObj(i -> name.substring(0, dot) + "-fold" + i + name.substring(dot))
        .map(out::resolveSibling)
        .toList();
  }

  /** A division names files. */
  private void imagesMustBeFiles(Manifest read) {
    if (read.embedded().isPresent()) {
      throw new DataException(
          "%s: it holds its images itself, and a division names files: let the experiment divide it, or write files first: %s data convert %s --to images --out DIR"
              .formatted(manifest, console.program(), ShellWord.of(manifest)));
    }
  }

  private void unknownMustOccur(Manifest read) {
    var labels = read.labels();
    var missing = options.unknown().stream().filter(name -> !labels.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s: no image has the unknown class %s; the classes are %s"
              .formatted(manifest, missing, DataException.shortList(labels)));
    }
  }

  private static JsonObject json(List<DivisionTable> written) {
    var results = new JsonObject();
    results.add("divisions", Json.array(written, DivisionTable::json));
    return results;
  }
}

package org.openmargin.cli.data;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.data.DataException;
import org.openmargin.data.ImageGeometry;
import org.openmargin.data.SplitFractions;
import org.openmargin.data.convert.FileRecords;
import org.openmargin.data.convert.ImageFolder;
import org.openmargin.data.convert.PixelRecords;
import org.openmargin.data.convert.TfRecordFiles;
import org.openmargin.data.convert.TfRecordFolder;
import org.openmargin.data.division.Division;
import org.openmargin.data.manifest.DividedRows;
import org.openmargin.data.manifest.Manifest;
import org.openmargin.data.records.ImageRecords;
import org.openmargin.data.source.FolderSource;
import org.openmargin.data.source.NpzSource;
import org.openmargin.experiment.wiring.runtime.ImageCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "convert",
    header = "Write a data set as TFRecord files or image files.",
    description = {
      "Reads class folders, a manifest, an .npz archive or TFRecord files, and writes a new",
      "folder: TFRecord files with the keys of TensorFlow's Model Garden (image/encoded,",
      "image/class/label, image/class/text, image/filename, ...), one for each part, or image files",
      "with manifest.csv. Image files are copied byte by byte; images of an archive become PNG.",
      "Images that are not divided yet are divided as data split does, with its default shares."
    },
    exitCodeList = {
      ExitCodes.OK_TEXT,
      ExitCodes.ARGUMENTS_TEXT,
      ExitCodes.DATA_TEXT,
      ExitCodes.INTERNAL_TEXT
    },
    footer = {
      "  openmargin data convert images.csv --to tfrecord --out records",
      "  openmargin data convert bloodmnist.npz --to images --out bloodmnist",
      "  openmargin data convert records --to images --out images"
    })
final class DataConvertCommand implements Callable<Integer> {

  /** Forms of data sets that are written. */
  enum Form {
    TFRECORD,
    IMAGES
  }

  private final Console console;

  @Parameters(
      paramLabel = "DATA",
      description = "Class folders, a table, an archive, or (a folder of) TFRecord files.")
  private Path from;

  @Option(
      names = "--to",
      paramLabel = "tfrecord|images",
      required = true,
      description = "What to write.")
  private Form form;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "A new folder.")
  private Path out;

  @Mixin private ManifestOptions columns;

  @Mixin private JsonOption json;

  DataConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (Files.exists(out)) {
      throw new DataException(out + " already exists; name another folder");
    }
    console.status().brief("reading images");
    var counted = new CountedRecords(records(), console.status());
    if (form == Form.TFRECORD) {
      new TfRecordFolder(out).write(counted);
    } else {
      new ImageFolder(out).write(counted);
    }
    json.text(console).print("wrote %,d images to %s", counted.count(), out);
    json.print(
        console,
        () -> {
          var results = new JsonObject();
          results.addProperty("folder", out.toString());
          results.addProperty("images", counted.count());
          results.addProperty("classes", counted.classNames().size());
          return results;
        });
    return ExitCodes.OK;
  }

  private ImageRecords records() {
    if (TfRecordFiles.are(from)) {
      return TfRecordFiles.at(from);
    }
    if (Files.isDirectory(from) && !Manifest.isTable(from)) {
      return new FileRecords(folder().parts());
    }
    var name = from.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz")) {
      var storage = ImageCache.storage(console::remark).following(console.status());
      return new PixelRecords(new NpzSource(from, "archive", List.of(), storage).load());
    }
    return manifest();
  }

  private ImageRecords manifest() {
    var read = Manifest.read(from, columns.settings(""));
    var division = new Division(SplitFractions.DEFAULT);
    return read.records(new DividedRows(read, division).rows(), read.labels());
  }

  private FolderSource folder() {
    var settings =
        new FolderSource.Settings(ImageGeometry.square(1), 3, List.of(), SplitFractions.DEFAULT);
    return new FolderSource(from, "folder", settings, console::remark);
  }
}

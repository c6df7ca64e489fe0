package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;
import org.openmargin.data.synthetic.SyntheticCells;
import org.openmargin.serving.FileDigests;

/** Identities of an exported model: created, enrolled, renamed and removed. */
class GalleryIT {
  @TempDir private static Path folder;
  private static Path model;
  private static Path identities;
  private static String first;

  @BeforeAll
  static void exportAndDraw() throws IOException {
    var run = folder.resolve("runs/tiny");
    assertThat(CommandLineRun.of("train", CommandLineRun.TINY, "--run", run).code()).isZero();
    CommandLineRun.of("export", run, "--to", folder.resolve("models"));
    model = folder.resolve("models/tiny");
    var cells = new SyntheticCells(new SyntheticCells.Settings(32, 1, 1, 6, 0)).load().test();
    DrawnImages.writePng(cells, folder.resolve("drawn"));
    identities = Files.createDirectory(folder.resolve("identities"));
    for (var i = 0; i < cells.count(); i++) {
      var label = cells.labels()[i];
      if (label == 1 || label == 3) {
        var identity = Files.createDirectories(identities.resolve("type " + label));
        var image = folder.resolve("drawn").resolve(cells.ids().get(i) + ".png");
        Files.copy(image, identity.resolve(i + ".png"));
      }
    }
    first = "drawn/" + cells.ids().get(0) + ".png";
  }

  @Test
  void identitiesComeAndGoWithoutTraining() throws IOException {
    var none = CommandLineRun.of("gallery", "list", model);
    assertThat(none.code()).isEqualTo(ExitCodes.EXPORT);
    assertThat(none.err()).contains("has no gallery");

    var log = folder.resolve("audit.jsonl");
    var created =
        CommandLineRun.of(
            "gallery", "create", model, identities, "--by", "me", "--json", "--audit", log);
    assertThat(created.code()).as(created.err()).isZero();
    var json = JsonParser.parseString(created.out()).getAsJsonObject();
    assertThat(json.get("version").getAsInt()).isEqualTo(2);
    assertThat(json.getAsJsonObject("threshold").get("scores").getAsInt()).isEqualTo(12);
    // The command has made every check of "verify", or it would have refused the new version.
    FileDigests.requireIntact(model.resolve("2"));

    var again = CommandLineRun.of("gallery", "create", model, identities);
    assertThat(again.code()).isEqualTo(ExitCodes.EXPORT);
    assertThat(again.err()).contains("has a gallery already");

    var table = folder.resolve("more.csv");
    Files.writeString(table, "file,identity\n" + first + ",third\n");
    var enrolled =
        CommandLineRun.of(
            "gallery",
            "enrol",
            model,
            table,
            "--classes-of",
            folder.resolve("runs/tiny"),
            "--per-class",
            3,
            "--audit",
            log);
    assertThat(enrolled.code()).as(enrolled.err()).isZero();
    assertThat(enrolled.out()).contains("7 identities, 25 templates of");

    var renamed = CommandLineRun.of("gallery", "rename", model, "third", "Dritte", "--audit", log);
    assertThat(renamed.code()).as(renamed.err()).isZero();
    var removed =
        CommandLineRun.of(
            "gallery", "remove", model, "type 1", "type 3", "--quiet", "--audit", log);
    assertThat(removed.code()).as(removed.err()).isZero();
    var listed = CommandLineRun.of("gallery", "list", model);
    assertThat(listed.out())
        .contains("5 identities, 13 templates", "Dritte", "created", "type 3 (6 images), by me")
        .contains("third -> Dritte", "removed");
    assertThat(CommandLineRun.of("verify", model).code()).isZero();
    assertThat(CommandLineRun.of("predict", model, folder.resolve("drawn")).code()).isZero();
    assertThat(folder.resolve("models/tiny/5/saved_model.pb")).exists();
    assertThat(Files.readString(log))
        .contains("created, from version 1", "enrolled, from version 2", "removed, from version 4")
        .doesNotContain("Dritte", "type 1");
    assertThat(CommandLineRun.of("audit", "verify", log).code()).isZero();
  }

  @Test
  void anAuditAsksTheModelWhichImagesItCanHardlyTellApart() {
    var audit = CommandLineRun.of("data", "audit", CommandLineRun.TINY, "--model", model);
    assertThat(audit.code()).as(audit.out() + audit.err()).isZero();
    assertThat(audit.out()).contains("images");
    var missing = CommandLineRun.of("data", "audit", CommandLineRun.TINY, "--model", folder);
    assertThat(missing.code()).isEqualTo(ExitCodes.EXPORT);
  }

  @Test
  void wrongArgumentsAreNamedBeforeAnythingIsLoaded() throws IOException {
    refused("there is nothing to enrol", "gallery", "enrol", model);
    refused(
        "one of --alpha, --impostors",
        "gallery",
        "create",
        model,
        identities,
        "--alpha",
        0.1,
        "--threshold",
        0.5);
    refused("--fpir needs --impostors", "gallery", "create", model, identities, "--fpir", 0.1);
    refused("--nearest is 0", "gallery", "create", model, identities, "--nearest", 0);
    refused("there is no such file", "gallery", "list", folder.resolve("nothing"));
    var broken = Files.createDirectories(folder.resolve("broken/a"));
    Files.writeString(broken.resolve("a.png"), "text");
    var result = CommandLineRun.of("gallery", "create", model, broken.getParent());
    assertThat(result.code()).isEqualTo(ExitCodes.DATA);
    assertThat(result.err()).contains("a.png: ");
  }

  private static void refused(String why, Object... args) {
    var result = CommandLineRun.of(args);
    assertThat(result.err()).contains(why);
    assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void rejectedImagesAreGrouped() {
    var out = folder.resolve("discovered");
    var found =
        CommandLineRun.of(
            "discover",
            model,
            identities,
            "--all",
            "--by-folder",
            "--least",
            4,
            "--out",
            out,
            "--json");

    assertThat(found.code()).as(found.err()).isZero();
    var json = JsonParser.parseString(found.out()).getAsJsonObject();
    assertThat(json.get("method").getAsString()).startsWith("HDBSCAN, at least 4 images");
    assertThat(json.get("rejected").getAsInt()).isEqualTo(12);
    assertThat(json.get("ami").getAsDouble()).isBetween(-1.0, 1.0);
    assertThat(out.resolve("identities.csv")).exists();

    var linked =
        CommandLineRun.of(
            "discover", model, identities, "--all", "--average-linkage", 2, "--out", out, "--json");
    assertThat(linked.out()).contains("average linkage up to a cosine distance of 2.0");
    assertThat(
            CommandLineRun.of(
                    "discover",
                    model,
                    identities,
                    "--hdbscan",
                    "--average-linkage",
                    0.5,
                    "--out",
                    out)
                .code())
        .isEqualTo(ExitCodes.USAGE);
    var far =
        CommandLineRun.of("discover", model, identities, "--average-linkage", 3, "--out", out);
    assertThat(far.code()).isEqualTo(ExitCodes.USAGE);
    assertThat(far.err()).contains("--average-linkage is 3.0, must be more than 0 and at most 2");
  }
}

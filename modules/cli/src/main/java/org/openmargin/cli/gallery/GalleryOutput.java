package org.openmargin.cli.gallery;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.Json;
import org.openmargin.cli.console.JsonOption;
import org.openmargin.inference.gallery.ModelGallery;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.GalleryChange;
import org.openmargin.serving.gallery.GalleryThreshold;
import org.openmargin.serving.gallery.Identity;
import org.openmargin.serving.gallery.SimilarityRule;
import org.openmargin.serving.gallery.StoredGallery;

/** Prints a gallery. */
record GalleryOutput(Console console, JsonOption json) {

  /** After a change. */
  void changed(ModelGallery.NewVersion written) {
    var text = json.text(console);
    summary(text, written.gallery().gallery());
    text.print("written: %s", shown(written.directory()));
    json.print(
        console,
        () -> {
          var results = json(written.gallery());
          results.addProperty("directory", shown(written.directory()).toString());
          results.addProperty("version", written.version());
          return results;
        });
    console.next("verify", shown(written.directory()).toString());
  }

  private static Path shown(Path directory) {
    var here = Path.of("").toAbsolutePath();
    return directory.startsWith(here) ? here.relativize(directory) : directory;
  }

  void list(StoredGallery stored) {
    var text = json.text(console);
    var gallery = stored.gallery();
    summary(text, gallery);
    text.line("");
    for (var identity : gallery.identities()) {
      text.print("%8d  %s", identity.templates().size(), identity.name());
    }
    text.line("");
    for (var change : stored.history()) {
      text.print(
          "%s  %-10s  %s%s%s",
          change.time(),
          word(change),
          change.identity(),
          change.images() > 0 ? " (%d images)".formatted(change.images()) : "",
          change.by().isEmpty() ? "" : ", by " + change.by());
    }
    json.print(console, () -> json(stored));
  }

  private static void summary(Console text, Gallery gallery) {
    text.print(
        "%d identities, %d templates of %d numbers; similarity: %s",
        gallery.identities().size(), gallery.templates(), gallery.size(), words(gallery.rule()));
    text.print(
        "accepted: similarity >= %.6f (%s)",
        gallery.threshold().threshold(), words(gallery.threshold()));
  }

  private static String words(SimilarityRule rule) {
    return rule instanceof SimilarityRule.NearestTemplates nearest
        ? nearest.k() == 1
            ? "cosine to the nearest template"
            : "mean cosine to the %d nearest templates".formatted(nearest.k())
        : "cosine to the centroid";
  }

  private static String words(GalleryThreshold threshold) {
    return switch (threshold.method()) {
      case "impostors" ->
          "accepts at most %.2f %% of images like the %d impostors"
              .formatted(100 * threshold.bound(), threshold.scores());
      case "leave_one_out" ->
          "rejects at most about %.2f %% of genuine images, by %d left out in turn"
              .formatted(100 * threshold.bound(), threshold.scores());
      default -> "given";
    };
  }

  private static String word(GalleryChange change) {
    return change.action().name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject json(StoredGallery stored) {
    var gallery = stored.gallery();
    var results = new JsonObject();
    results.addProperty("templates", gallery.templates());
    results.addProperty("embedding_size", gallery.size());
    results.addProperty("similarity", words(gallery.rule()));
    var threshold = new JsonObject();
    threshold.addProperty("threshold", gallery.threshold().threshold());
    threshold.addProperty("method", gallery.threshold().method());
    threshold.addProperty("scores", gallery.threshold().scores());
    threshold.addProperty("target", gallery.threshold().target());
    threshold.addProperty("bound", gallery.threshold().bound());
    results.add("threshold", threshold);
    results.add("identities", Json.array(gallery.identities(), GalleryOutput::json));
    results.add("history", Json.array(stored.history(), GalleryOutput::json));
    return results;
  }

  private static JsonObject json(Identity identity) {
    var entry = new JsonObject();
    entry.addProperty("name", identity.name());
    entry.addProperty("templates", identity.templates().size());
    return entry;
  }

  private static JsonObject json(GalleryChange change) {
    var entry = new JsonObject();
    entry.addProperty("time", change.time().toString());
    entry.addProperty("by", change.by());
    entry.addProperty("action", word(change));
    entry.addProperty("identity", change.identity());
    entry.addProperty("images", change.images());
    return entry;
  }
}

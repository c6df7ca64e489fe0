package org.openmargin.experiment;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openmargin.experiment.folder.JsonMessage;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.experiment.folder.RunFolder;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import org.openmargin.profiler.ChromeTrace;
import org.openmargin.profiler.Profile;
import org.openmargin.profiler.Timeline;

/** The files of a profile. Each is written whole or not at all. */
public record ProfileFolder(Path path) {

  /** All figures, and their provenance. */
  public Path profile() {
    return path.resolve("profile.json");
  }

  /** Every operation of every traced step, for chrome://tracing and ui.perfetto.dev. */
  public Path trace() {
    return path.resolve("trace.json");
  }

  /** Refuses an unusable folder before any step is run. */
  void mustBeUsable() {
    if (new RunFolder(path).holdsRun()) {
      throw new RunException(path + " is a run folder; choose another folder for the profile");
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new RunException(path + " is a file; choose a folder for the profile");
    }
  }

  void create() {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  void write(Profile profile, Timeline timeline, RunProvenance provenance) {
    try {
      AtomicTextFile.write(trace(), writer -> new ChromeTrace(writer).write(timeline));
      // Last: where it exists, so does the trace.
      AtomicTextFile.write(profile(), writer -> writer.write(json(profile, provenance)));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private RunException unwritable(IOException e) {
    var reason = FileErrors.reason(e);
    return new RunException("cannot write the profile to " + path + ": " + reason, e);
  }

  private static String json(Profile profile, RunProvenance provenance) {
    var gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    var figures = gson.toJsonTree(profile).getAsJsonObject();
    var pace = figures.getAsJsonObject("pace");
    pace.addProperty("imagesPerSecond", profile.pace().imagesPerSecond());
    pace.addProperty("slowdown", profile.pace().slowdown());
    figures.getAsJsonObject("placement").addProperty("nodeCount", profile.placement().nodeCount());
    var devices = figures.getAsJsonArray("devices");
    for (var i = 0; i < devices.size(); i++) {
      var use = devices.get(i).getAsJsonObject().getAsJsonObject("use");
      use.addProperty("parallelism", profile.devices().get(i).use().parallelism());
    }
    var json = new JsonObject();
    json.add("provenance", JsonParser.parseString(JsonMessage.text(provenance.message())));
    json.add("profile", figures);
    return gson.toJson(json) + "\n";
  }
}

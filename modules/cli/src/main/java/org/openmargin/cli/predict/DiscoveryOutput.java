package org.openmargin.cli.predict;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.openmargin.cli.console.Console;
import org.openmargin.cli.console.Json;
import org.openmargin.inference.discovery.DiscoveredGroup;
import org.openmargin.inference.discovery.Discovery;
import org.openmargin.inference.discovery.DiscoveryFolder;

/**
 * Discovered groups, for people and for programs.
 *
 * @param folder where they are written
 * @param byFolder whether the name of an image's folder is its true class
 */
record DiscoveryOutput(Discovery discovery, DiscoveryFolder folder, boolean byFolder) {

  void print(Console text) {
    text.print("%-12s  %6s  %8s  %s", "class", "images", "cohesion", "medoid");
    for (var group : discovery.groups()) {
      text.print(
          "%-12s  %6d  %8.3f  %s",
          group.name(), group.members().size(), group.cohesion(), group.medoid());
    }
    text.print(
        "%d rejected images, %d of them in no group; %d accepted",
        discovery.rejected(), discovery.single().size(), discovery.accepted());
    if (byFolder) {
      discovery
          .agreement(DiscoveryOutput::folder)
          .forEach((key, value) -> text.print("%-18s  %.4f", key, value));
    }
    text.print("%s", folder.page());
    text.print("%s", folder.table());
  }

  private static String folder(Path file) {
    return String.valueOf(file.toAbsolutePath().getParent());
  }

  JsonObject json() {
    var results = new JsonObject();
    results.addProperty("method", discovery.method().words());
    results.addProperty("rejected", discovery.rejected());
    results.addProperty("accepted", discovery.accepted());
    results.addProperty("in_no_group", discovery.single().size());
    results.addProperty("unusable", discovery.unusable().size());
    results.add("groups", Json.array(discovery.groups(), DiscoveryOutput::json));
    if (byFolder) {
      discovery.agreement(DiscoveryOutput::folder).forEach(results::addProperty);
    }
    results.addProperty("page", folder.page().toString());
    results.addProperty("table", folder.table().toString());
    return results;
  }

  private static JsonElement json(DiscoveredGroup group) {
    var entry = new JsonObject();
    entry.addProperty("name", group.name());
    entry.addProperty("images", group.members().size());
    entry.addProperty("cohesion", group.cohesion());
    entry.addProperty("medoid", group.medoid().toString());
    return entry;
  }
}

package org.openmargin.cli.data;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openmargin.cli.console.Console;
import org.openmargin.data.entry.DataEntry;
import org.openmargin.data.entry.Split;

/**
 * How many images and groups of each class a division has in its parts.
 *
 * @param entries with their parts
 * @param file it was written to
 */
record DivisionTable(List<DataEntry> entries, Path file) {

  void print(Console console) {
    var classes = classes();
    var width = Stream.concat(Stream.of("groups"), classes.keySet().stream());
    var row = "%-" + width.mapToInt(String::length).max().orElse(6) + "s  %7s  %10s  %7s";
    console.print(row, "class", "train", "validation", "test");
    classes.forEach((name, of) -> line(console, row, name, of));
    line(console, row, "images", entries);
    if (isGrouped()) {
      console.print(
          row, "groups", groups(Split.TRAIN), groups(Split.VALIDATION), groups(Split.TEST));
    }
  }

  JsonObject json() {
    var json = new JsonObject();
    json.addProperty("file", file.toString());
    json.add("images", counts(entries));
    if (isGrouped()) {
      var groups = new JsonObject();
      for (var part : Split.values()) {
        groups.addProperty(part.toString(), groups(part));
      }
      json.add("groups", groups);
    }
    var classes = new JsonObject();
    classes().forEach((name, of) -> classes.add(name, counts(of)));
    json.add("classes", classes);
    return json;
  }

  private Map<String, List<DataEntry>> classes() {
    var classes = new TreeMap<String, List<DataEntry>>();
    for (var entry : entries) {
      classes.computeIfAbsent(entry.label(), name -> new ArrayList<>()).add(entry);
    }
    return classes;
  }

  private static JsonObject counts(List<DataEntry> of) {
    var json = new JsonObject();
    for (var part : Split.values()) {
      json.addProperty(part.toString(), count(of, part));
    }
    return json;
  }

  private static void line(Console console, String row, String name, List<DataEntry> of) {
    console.print(
        row, name, count(of, Split.TRAIN), count(of, Split.VALIDATION), count(of, Split.TEST));
  }

  private static long count(List<DataEntry> of, Split part) {
    return of.stream().filter(entry -> isIn(entry, part)).count();
  }

  private boolean isGrouped() {
    return entries.stream().anyMatch(entry -> entry.group().isPresent());
  }

  private long groups(Split part) {
    return entries.stream()
        .filter(entry -> isIn(entry, part))
        .map(DataEntry::group)
        .flatMap(Optional::stream)
        .distinct()
        .count();
  }

  private static boolean isIn(DataEntry entry, Split part) {
    return entry.split().equals(Optional.of(part));
  }
}

package org.openmargin.data.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.openmargin.files.Sha256;

/** Evidence of findings about certain images, by kind and splits. */
final class Collected {
  private static final int MOST_IMAGES = 8;
  private static final int NAME_DIGITS = 12;

  private final AuditedSet set;
  private final List<ImageFacts> facts;
  private final Map<Key, List<Evidence>> found = new LinkedHashMap<>();
  private final Map<Key, List<String>> names = new LinkedHashMap<>();

  private record Key(FindingKind kind, String splits) {}

  Collected(AuditedSet set, List<ImageFacts> facts) {
    this.set = set;
    this.facts = facts;
  }

  void add(FindingKind kind, String splits, List<Integer> rows) {
    add(kind, splits, rows, OptionalDouble.empty(), "");
  }

  /**
   * @param rows of all images that it concerns
   */
  void add(
      FindingKind kind,
      String splits,
      List<Integer> rows,
      OptionalDouble correlation,
      String remark) {
    var images = rows.stream().limit(MOST_IMAGES).map(set.images()::get).toList();
    var key = new Key(kind, splits);
    found
        .computeIfAbsent(key, k -> new ArrayList<>())
        .add(new Evidence(images, rows.size(), correlation, remark));
    names
        .computeIfAbsent(key, k -> new ArrayList<>())
        .add(String.join(" ", rows.stream().map(row -> facts.get(row).sha256()).sorted().toList()));
  }

  /** One finding for each kind and pair of splits. */
  List<Finding> findings() {
    return found.keySet().stream().map(this::finding).toList();
  }

  private Finding finding(Key key) {
    var evidence = found.get(key);
    var where = key.splits().isEmpty() ? "" : key.splits() + ": ";
    var summary = "%s%s (%d)".formatted(where, key.kind().sentence(), evidence.size());
    return new Finding(key.kind(), key.splits(), summary, evidence, name(key));
  }

  private String name(Key key) {
    var digest = new Sha256();
    names.get(key).stream().sorted().forEach(digest::add);
    return key.kind().word() + "/" + digest.hex().substring(0, NAME_DIGITS);
  }
}

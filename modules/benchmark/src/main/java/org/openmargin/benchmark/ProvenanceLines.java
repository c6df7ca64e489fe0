package org.openmargin.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openmargin.benchmark.table.Words;
import org.openmargin.config.v1.Provenance;
import org.openmargin.config.v1.TrialResult;

/** Where the figures of a table come from. */
final class ProvenanceLines {
  private static final int SHORT_HASH = 12;

  private ProvenanceLines() {}

  static List<String> of(Collection<TrialResult> results) {
    if (results.isEmpty()) {
      return List.of();
    }
    var origins = results.stream().map(TrialResult::getProvenance).toList();
    var lines = new ArrayList<String>();
    lines.add(
        "machine: "
            + counted(
                origins,
                p -> "%s, %d cores, %s".formatted(p.getCpu(), p.getCpuCores(), p.getDevice())));
    lines.add("commit: " + counted(origins, ProvenanceLines::commit));
    lines.add(
        "OpenMargin %s, TensorFlow %s, Java %s"
            .formatted(
                distinct(origins, Provenance::getOpenmarginVersion),
                distinct(origins, Provenance::getTensorflowVersion),
                distinct(origins, Provenance::getJavaVersion)));
    var finished = new TreeSet<>(origins.stream().map(Provenance::getFinished).toList());
    lines.add("finished: %s to %s".formatted(finished.first(), finished.last()));
    var seconds = origins.stream().mapToDouble(Provenance::getTrainSeconds).sum();
    lines.add(
        String.format(
            Locale.ROOT,
            "training: %.0f s per trial on average, not counting work before an interruption",
            seconds / origins.size()));
    lines.add(
        "images: sha256 "
            + results.stream()
                .map(result -> shortened(result.getDataSha256()))
                .distinct()
                .collect(Collectors.joining(", ")));
    return lines;
  }

  private static String commit(Provenance provenance) {
    var hash =
        provenance.getGitCommit().isEmpty() ? "unknown" : shortened(provenance.getGitCommit());
    return provenance.getGitDirty() ? hash + " with changes" : hash;
  }

  private static String shortened(String hash) {
    return hash.substring(0, Math.min(SHORT_HASH, hash.length()));
  }

  private static String distinct(List<Provenance> origins, Function<Provenance, String> what) {
    return origins.stream().map(what).distinct().sorted().collect(Collectors.joining(" and "));
  }

  /** Each value, with the number of trials if there are several. */
  private static String counted(List<Provenance> origins, Function<Provenance, String> what) {
    Map<String, Long> counts =
        origins.stream().collect(Collectors.groupingBy(what, TreeMap::new, Collectors.counting()));
    return counts.size() == 1
        ? counts.keySet().iterator().next()
        : counts.entrySet().stream()
            .map(e -> "%s (%s)".formatted(e.getKey(), Words.counted(e.getValue(), "trial")))
            .collect(Collectors.joining("; "));
  }
}

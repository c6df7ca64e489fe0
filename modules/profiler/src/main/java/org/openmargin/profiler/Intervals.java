package org.openmargin.profiler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Times in which at least one of several things happens.
 *
 * @param parts ascending, none touches another
 */
record Intervals(List<Interval> parts) {

  /** From {@code begin} to {@code end}. */
  record Interval(long begin, long end) {
    long length() {
      return end - begin;
    }
  }

  static Intervals of(Collection<Span> spans) {
    var merged = new ArrayList<Interval>();
    var sorted = spans.stream().sorted(Comparator.comparingLong(Span::begin)).toList();
    for (var span : sorted) {
      var last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && span.begin() <= last.end()) {
        merged.set(merged.size() - 1, new Interval(last.begin(), Math.max(last.end(), span.end())));
      } else {
        merged.add(new Interval(span.begin(), span.end()));
      }
    }
    return new Intervals(List.copyOf(merged));
  }

  long total() {
    return parts.stream().mapToLong(Interval::length).sum();
  }

  /** How much of {@code window} they cover. */
  long totalWithin(Interval window) {
    return parts.stream()
        .mapToLong(p -> Math.min(p.end(), window.end()) - Math.max(p.begin(), window.begin()))
        .filter(length -> length > 0)
        .sum();
  }

  /** What they leave free of {@code window}. */
  List<Interval> gaps(Interval window) {
    var gaps = new ArrayList<Interval>();
    var from = window.begin();
    for (var part : parts) {
      if (part.begin() > from) {
        gaps.add(new Interval(from, Math.min(part.begin(), window.end())));
      }
      from = Math.max(from, part.end());
    }
    if (from < window.end()) {
      gaps.add(new Interval(from, window.end()));
    }
    return gaps.stream().filter(gap -> gap.length() > 0).toList();
  }
}

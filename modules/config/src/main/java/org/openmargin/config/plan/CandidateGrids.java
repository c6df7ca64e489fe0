package org.openmargin.config.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.openmargin.config.ConfigReader;
import org.openmargin.config.Rules;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Place;
import org.openmargin.config.text.Problem;
import org.openmargin.config.text.Source;
import org.openmargin.config.v1.CandidateGrid;
import org.openmargin.config.v1.CandidateGrid.Candidate;

/** Reads what a rehearsal chooses from, and reports all problems at once. */
public final class CandidateGrids {
  private static final String DEFAULT = "default.textproto";
  private static final List<String> TRAINING =
      List.of("loss", "model", "training", "data.image_size_px", "data.centre_crop_px");

  private CandidateGrids() {}

  /** The grid for any images. */
  public static CandidateGrid standard() {
    try (var in = CandidateGrids.class.getResourceAsStream(DEFAULT)) {
      var bytes = Objects.requireNonNull(in, DEFAULT + " is not in the jar").readAllBytes();
      return read(Source.file(DEFAULT, new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a grid from a text proto.
   *
   * @throws ConfigException with every problem at once, but those of the overrides' values
   */
  public static CandidateGrid read(Path file) {
    return read(Source.read(file, "a grid of candidates"));
  }

  private static CandidateGrid read(Source source) {
    var draft = ConfigReader.draft(source, CandidateGrid.newBuilder());
    var problems = new ArrayList<Problem>(ConfigReader.problems(draft, source.whole()));
    var grid = (CandidateGrid) draft.message().build();
    for (var breach : breaches(grid)) {
      problems.add(
          draft.placeOf(breach.path(), source.whole()).problem(breach.path(), breach.message()));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(ConfigReader.sorted(problems));
    }
    return grid;
  }

  /**
   * A grid with further candidates.
   *
   * @param candidates {@code NAME: PATH=VALUE; PATH=VALUE} each; ways of scoring if all paths are
   *     in {@code scoring}, else ways of training
   * @throws ConfigException naming the wrong one
   */
  public static CandidateGrid with(CandidateGrid grid, List<String> candidates) {
    var more = grid.toBuilder();
    for (var text : candidates) {
      var candidate = parse(text);
      if (candidate.getSetList().stream().allMatch(set -> isIn("scoring", set))) {
        more.addScoring(candidate);
      } else {
        more.addTraining(candidate);
      }
      var breaches = breaches(more.build());
      if (!breaches.isEmpty()) {
        throw wrong(text, breaches.get(0).message());
      }
    }
    return more.build();
  }

  private static Candidate parse(String text) {
    var colon = text.indexOf(':');
    var equals = text.indexOf('=');
    var name = text.substring(0, Math.max(0, colon)).strip();
    if (name.isEmpty() || equals < colon) {
      throw wrong(
          text, "must be NAME: PATH=VALUE; PATH=VALUE, for example \"long: training.epochs=60\"");
    }
    var sets =
        Stream.of(text.substring(colon + 1).split(";", -1))
            .map(String::strip)
            .filter(set -> !set.isEmpty())
            .toList();
    return Candidate.newBuilder().setName(name).addAllSet(sets).build();
  }

  private static ConfigException wrong(String text, String message) {
    return new ConfigException(
        List.of(Place.whole("--candidate \"%s\"".formatted(text)).problem("", message)));
  }

  private static List<Rules.Breach> breaches(CandidateGrid grid) {
    var breaches = new ArrayList<Rules.Breach>();
    breaches("training", grid.getTrainingList(), TRAINING, breaches);
    breaches("scoring", grid.getScoringList(), List.of("scoring"), breaches);
    breaches("views", grid.getViewsList(), List.of("scoring"), breaches);
    return breaches;
  }

  private static void breaches(
      String list, List<Candidate> candidates, List<String> allowed, List<Rules.Breach> breaches) {
    var names = new HashSet<String>();
    for (var c = 0; c < candidates.size(); c++) {
      var at = "%s[%d]".formatted(list, c);
      if (!names.add(candidates.get(c).getName())) {
        var twice = "two candidates of %s are named '%s'";
        breaches.add(breach(at + ".name", twice.formatted(list, candidates.get(c).getName())));
      }
      for (var s = 0; s < candidates.get(c).getSetCount(); s++) {
        var set = candidates.get(c).getSet(s);
        if (allowed.stream().noneMatch(section -> isIn(section, set))) {
          var may = "'%s' is none of what a candidate of %s may change: %s";
          breaches.add(
              breach(
                  "%s.set[%d]".formatted(at, s),
                  may.formatted(set, list, String.join(", ", allowed))));
        }
      }
    }
  }

  private static boolean isIn(String section, String override) {
    return override.startsWith(section + ".") || override.startsWith(section + "=");
  }

  private static Rules.Breach breach(String path, String message) {
    return new Rules.Breach(path, List.of(), message);
  }
}

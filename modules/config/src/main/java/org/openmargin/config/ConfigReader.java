package org.openmargin.config;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.openmargin.config.text.ConfigException;
import org.openmargin.config.text.Draft;
import org.openmargin.config.text.OtherFormat;
import org.openmargin.config.text.Overrides;
import org.openmargin.config.text.Place;
import org.openmargin.config.text.Problem;
import org.openmargin.config.text.Source;
import org.openmargin.config.text.TextBinder;
import org.openmargin.config.text.TextParser;
import org.openmargin.config.v1.ExperimentConfig;

/** Turns text and overrides into a resolved, valid message, or reports all problems at once. */
public final class ConfigReader {
  private static final Comparator<Problem> AS_IN_TEXT =
      Comparator.comparing((Problem problem) -> problem.file().startsWith("--set "))
          .thenComparing(problem -> problem.line() == 0)
          .thenComparing(Problem::line)
          .thenComparing(Problem::column);

  /** The comment that tells editors the schema. */
  private static final Pattern KIND =
      Pattern.compile("^# proto-message: ([\\w.]+)\\s*$", Pattern.MULTILINE);

  private ConfigReader() {}

  public static ExperimentConfig experiment(Source source, List<String> overrides) {
    return checked(overridden(source, overrides), source.whole());
  }

  /** The same, but places of files may be missing. */
  static ExperimentConfig experimentWithoutPlaces(Source source, List<String> overrides) {
    var draft = overridden(source, overrides);
    var problems = problems(draft, source.whole());
    var config = (ExperimentConfig) draft.message().build();
    var empty = PathFields.empty(config);
    return checked(
        config, problems.stream().filter(problem -> !empty.contains(problem.path())).toList());
  }

  /** Breaches that are no more than places that are missing. */
  static List<String> missingPlaces(ExperimentConfig experiment) {
    var empty = PathFields.empty(experiment);
    return Rules.breaches(experiment).stream()
        .map(Rules.Breach::path)
        .filter(empty::contains)
        .toList();
  }

  private static Draft overridden(Source source, List<String> overrides) {
    var draft = draft(source, ExperimentConfig.newBuilder());
    overrides.forEach(override -> Overrides.apply(draft, override));
    return draft;
  }

  /** Applies the same checks to a message built in Java. */
  static void check(ExperimentConfig experiment) {
    checked(new Draft(experiment.toBuilder()), Place.whole(""));
  }

  private static ExperimentConfig checked(Draft draft, Place whole) {
    var problems = problems(draft, whole);
    return checked((ExperimentConfig) draft.message().build(), problems);
  }

  private static ExperimentConfig checked(ExperimentConfig config, List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }

  /**
   * Reads a text into a draft, without filling in defaults.
   *
   * @throws ConfigException if fields may have ended up in the wrong block, or the text declares
   *     another message type
   */
  public static Draft draft(Source source, Message.Builder empty) {
    requireTextProto(source);
    requireKind(source, empty.getDescriptorForType().getFullName());
    var draft = new Draft(empty);
    var parser = new TextParser(source, draft.problems());
    var document = parser.document();
    if (!parser.bracesMatch()) {
      throw new ConfigException(sorted(draft.problems()));
    }
    new TextBinder(source, draft).bind(document, empty, "");
    return draft;
  }

  /** Reports one problem; otherwise every line would be one. */
  private static void requireTextProto(Source source) {
    var other = OtherFormat.of(source.text());
    if (other.isPresent()) {
      throw new ConfigException(
          List.of(
              source
                  .whole()
                  .problem(
                      "",
                      "this is %s; a text proto is expected: texts in quotes, sections in braces, as in  name: \"mine\"  training { epochs: 20 }"
                          .formatted(other.get()))));
    }
  }

  /** Reports one problem; otherwise every field would be one. */
  private static void requireKind(Source source, String wanted) {
    var kind = KIND.matcher(source.text());
    if (kind.find() && !kind.group(1).equals(wanted)) {
      throw new ConfigException(
          List.of(
              source
                  .whole()
                  .problem(
                      "",
                      "the file's comment says it is an %s; expected an %s"
                          .formatted(kind.group(1), wanted))));
    }
  }

  /** Fills in defaults and checks the schema's rules; returns all problems, in text order. */
  public static List<Problem> problems(Draft draft, Place whole) {
    Defaults.fill(draft.message());
    var problems = new ArrayList<Problem>(draft.problems());
    for (var breach : Rules.breaches(draft.message().build())) {
      if (breach.missing().stream().noneMatch(draft::isBroken)) {
        var place = draft.placeOf(breach.path(), whole);
        problems.add(place.problem(breach.path(), breach.message()));
      }
    }
    return sorted(problems);
  }

  /** In text order; problems of overrides last. */
  public static List<Problem> sorted(List<Problem> problems) {
    return problems.stream().sorted(AS_IN_TEXT).toList();
  }
}

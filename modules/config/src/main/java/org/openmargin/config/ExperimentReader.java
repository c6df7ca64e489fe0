package org.openmargin.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openmargin.v1.ExperimentConfig;

/** From text and overrides to a resolved, valid experiment, or to all problems at once. */
final class ExperimentReader {
  private static final Comparator<Problem> AS_IN_TEXT =
      Comparator.comparing((Problem problem) -> problem.file().startsWith("--set "))
          .thenComparing(problem -> problem.line() == 0)
          .thenComparing(Problem::line)
          .thenComparing(Problem::column);

  private ExperimentReader() {}

  static ExperimentConfig read(String fileName, String text, List<String> overrides) {
    Source source = Source.file(fileName, text);
    Draft draft = new Draft();
    TextParser parser = new TextParser(source, draft.problems());
    Node.Block document = parser.document();
    if (!parser.bracesMatch()) {
      throw new ConfigException(sorted(draft.problems()));
    }
    new TextBinder(source, draft).bind(document, draft.experiment(), "");
    overrides.forEach(override -> Overrides.apply(draft, override));
    return checked(draft, source.whole());
  }

  /** The same checks for a message that has no text. */
  static void check(ExperimentConfig experiment) {
    Draft draft = new Draft();
    draft.experiment().mergeFrom(experiment);
    checked(draft, Place.whole(""));
  }

  private static ExperimentConfig checked(Draft draft, Place whole) {
    Defaults.fill(draft.experiment());
    ExperimentConfig experiment = draft.experiment().build();
    List<Problem> problems = new ArrayList<>(draft.problems());
    for (Rules.Breach breach : Rules.breaches(experiment)) {
      if (breach.missing().stream().noneMatch(draft::isBroken)) {
        Place place = draft.placeOf(breach.path(), whole);
        problems.add(place.problem(breach.path(), breach.message()));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(sorted(problems));
    }
    return experiment;
  }

  private static List<Problem> sorted(List<Problem> problems) {
    return problems.stream().sorted(AS_IN_TEXT).toList();
  }
}

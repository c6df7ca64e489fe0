package org.openmargin.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The wrong answers of an evaluated run: which unknown images are accepted as what, which known
 * ones are rejected or confused, and the worst images of each kind.
 *
 * @param mostImages worst images to show of each kind
 * @param other a run to compare with
 */
public record FailureAnalysis(EvaluatedRun run, int mostImages, Optional<EvaluatedRun> other) {
  /** Most unknown classes whose images are shown. */
  private static final int MOST_CLASSES = 20;

  private static final Comparator<TestAnswer> LEAST_UNKNOWN =
      Comparator.comparingDouble(TestAnswer::unknownScore);

  /**
   * Wrong answers of one kind.
   *
   * @param title in words
   * @param worst the worst images first
   * @param count all images with such an answer
   * @param of all images that could have it
   */
  record Kind(String title, String order, List<TestAnswer> worst, int count, int of) {}

  /**
   * @throws ReportException if the runs know different classes, or were tested on different ones
   */
  public FailureAnalysis {
    other.ifPresent(against -> new ClassComparison(run, against));
  }

  Optional<ClassComparison> comparison() {
    return other.map(against -> new ClassComparison(run, against));
  }

  /** Answers to all images to show, each once. */
  public List<TestAnswer> shown() {
    return kinds().stream().flatMap(kind -> kind.worst().stream()).distinct().toList();
  }

  AnswerTable table() {
    return new AnswerTable(classes(), run.answers());
  }

  /** Kinds with at least one image: unknown classes, the worst first, then known images. */
  List<Kind> kinds() {
    var kinds = new ArrayList<Kind>();
    table().unknownWorstFirst().stream()
        .limit(MOST_CLASSES)
        .forEach(row -> kinds.add(acceptedUnknown(row.name())));
    kinds.add(
        kind(
            "Known images rejected",
            "highest unknown score first",
            TestAnswer::isKnown,
            TestAnswer::rejected,
            LEAST_UNKNOWN.reversed()));
    kinds.add(
        kind(
            "Known images accepted as another known class",
            "lowest unknown score first",
            TestAnswer::isKnown,
            answer -> !answer.rejected() && !answer.isAcceptedAndRight(),
            LEAST_UNKNOWN));
    kinds.removeIf(kind -> kind.count() == 0);
    return kinds;
  }

  private Kind acceptedUnknown(String name) {
    return kind(
        "Unknown class “%s” accepted".formatted(name),
        "lowest unknown score first",
        answer -> !answer.isKnown() && answer.trueClass().equals(name),
        answer -> !answer.rejected(),
        LEAST_UNKNOWN);
  }

  private Kind kind(
      String title,
      String order,
      Predicate<TestAnswer> candidate,
      Predicate<TestAnswer> wrong,
      Comparator<TestAnswer> worstFirst) {
    var candidates = run.answers().stream().filter(candidate).toList();
    var failed = candidates.stream().filter(wrong).sorted(worstFirst).toList();
    var worst = failed.stream().limit(mostImages).toList();
    return new Kind(title, order, worst, failed.size(), candidates.size());
  }

  /** The largest share of an unknown class that is accepted as one known class. */
  Optional<Confusion> worstConfusion() {
    return table().unknownWorstFirst().stream()
        .flatMap(this::confusions)
        .max(Comparator.comparingDouble(Confusion::share))
        .filter(confusion -> confusion.share() > 0);
  }

  /** How often an unknown class is accepted as a known one. */
  record Confusion(String unknown, String known, double share) {}

  private Stream<Confusion> confusions(AnswerTable.Row row) {
    return Stream.iterate(0, i -> i < classes().size(), i -> i + 1)
        .map(i -> new Confusion(row.name(), classes().get(i), row.cells().get(i).share()));
  }

  String answer(TestAnswer answer) {
    return answer.rejected() ? "unknown" : classes().get(answer.prediction());
  }

  /** The class whose evidence a picture shows: the nearest known one. */
  String nearest(TestAnswer answer) {
    return classes().get(answer.prediction());
  }

  private List<String> classes() {
    return run.evaluation().getKnownClassesList();
  }
}

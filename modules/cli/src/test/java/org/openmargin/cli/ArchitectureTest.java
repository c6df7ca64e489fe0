package org.openmargin.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.counting;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependencies between the modules, and which may use TensorFlow, Guice and the schema. */
class ArchitectureTest {
  private static final String ROOT = "org.openmargin.";
  private static final String SCHEMA = "config.v1";

  /** Floors from the bottom up: a module depends only on modules of lower floors. */
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("files", "config", "runtime", "nn"),
          Set.of("dicom", "parquet", "data", "scoring", "model", "loss", "serving", "cluster"),
          Set.of("trainer", "exporter", "report"),
          Set.of("profiler", "map", "inference", "client"),
          Set.of("experiment"),
          Set.of("benchmark"),
          Set.of("cli"));

  /** The modules that each module may depend on. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("files", Set.of()),
          entry("config", Set.of()),
          entry("runtime", Set.of()),
          entry("nn", Set.of()),
          entry("dicom", Set.of("files")),
          entry("parquet", Set.of("files")),
          entry("cluster", Set.of("config", "files")),
          entry("data", Set.of("files")),
          entry("scoring", Set.of("files")),
          entry("model", Set.of("nn", "files")),
          entry("loss", Set.of("nn")),
          entry("serving", Set.of("runtime", "files")),
          entry("trainer", Set.of("nn", "data", "runtime", "files")),
          entry("exporter", Set.of("nn", "scoring", "serving", "files")),
          entry("report", Set.of("data", "scoring", "config", "files")),
          entry("profiler", Set.of("trainer", "data", "runtime")),
          entry("map", Set.of("report", "scoring", "files")),
          entry("client", Set.of("serving")),
          entry("inference", Set.of("exporter", "serving", "report", "scoring", "data", "files")),
          entry("experiment", below("experiment")),
          entry("benchmark", Set.of("experiment", "report", "trainer", "data", "config", "files")),
          entry(
              "cli",
              Set.of(
                  "benchmark",
                  "cluster",
                  "experiment",
                  "profiler",
                  "map",
                  "inference",
                  "client",
                  "report",
                  "trainer",
                  "serving",
                  "scoring",
                  "data",
                  "runtime",
                  "config",
                  "files")));

  private static final int MOST_FILES = 30;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.openmargin");

  private static Set<String> below(String module) {
    return FLOORS.stream()
        .takeWhile(floor -> !floor.contains(module))
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  static List<String> modules() {
    return ARROWS.keySet().stream().sorted().toList();
  }

  @Test
  void everyModuleWasLookedAt() {
    var seen =
        CLASSES.stream()
            .map(type -> type.getPackageName().substring(ROOT.length()).replaceFirst("[.].*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(seen).isEqualTo(new TreeSet<>(modules()));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void moduleKnowsOnlyWhatItsArrowsSay(String module) {
    var forbidden =
        modules().stream()
            .filter(other -> !other.equals(module) && !ARROWS.get(module).contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void noArrowRunsUp(String module) {
    assertThat(below(module)).containsAll(ARROWS.get(module));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.openmargin.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noPackageIsCrowded() throws IOException {
    try (var files = Files.walk(Path.of("../../modules"))) {
      var sizes =
          files
              .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("package-info.java"))
              .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, counting()));
      assertThat(sizes).hasSizeGreaterThan(30);
      assertThat(sizes)
          .allSatisfy((folder, size) -> assertThat(size).isLessThanOrEqualTo(MOST_FILES));
    }
  }

  @Test
  void whatOnlyReadsJudgesOrPrintsDoesWithoutTensorFlow() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages(
                "files",
                "dicom",
                "parquet",
                "data",
                "scoring",
                "report",
                "map",
                "inference",
                "config",
                "benchmark",
                "cluster",
                "cli"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow..", "org.bytedeco..")
        .check(CLASSES);
  }

  /** An application that only serves gets TensorFlow but nothing of training. */
  @Test
  void servingKnowsNoLibraryButTensorFlow() {
    classes()
        .that()
        .resideInAnyPackage(packages("serving"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.imageio..",
            "org.tensorflow..",
            "com.google.protobuf..",
            ROOT + "serving..",
            ROOT + "runtime..",
            ROOT + "files..")
        .check(CLASSES);
  }

  @Test
  void onlyConfigClusterReportExperimentAndBenchmarkKnowTheSchema() {
    onlyIn("config", "cluster", "report", "experiment", "benchmark")
        .knowPackage(ROOT + SCHEMA + "..");
  }

  @Test
  void onlyExperimentKnowsGuice() {
    onlyIn("experiment").knowPackage("com.google.inject..");
  }

  @Test
  void oneClassMakesTheInjector() {
    var makers =
        CLASSES.stream()
            .filter(
                type ->
                    type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Guice.class)))
            .map(JavaClass::getSimpleName)
            .toList();
    assertThat(makers).containsExactly("Experiment");
  }

  /** Test figures of single epochs choose nothing: they are written once and shown. */
  @Test
  void onlyAReportReadsTheEpochCurve() {
    var users =
        CLASSES.stream()
            .filter(
                type ->
                    type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getName().equals("epochCurve")))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(users).containsExactly("EpochCurve", "EvaluatedRun", "RunFolder");
    classes()
        .that()
        .haveSimpleName("RecordedEpoch")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAPackage(ROOT + "report..")
        .andShould()
        .bePackagePrivate()
        .check(CLASSES);
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("EpochCurve")
        .and()
        .haveSimpleNameNotStartingWith("Training")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("EpochCurve")
        .check(CLASSES);
  }

  @Test
  void onlyTheProgramItselfEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(OpenMargin.class.getName())
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void nobodyLogsByTheJdk() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineSpeaksToTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  private static String[] packages(String... modules) {
    return List.of(modules).stream().map(module -> ROOT + module + "..").toArray(String[]::new);
  }

  private static Insiders onlyIn(String... modules) {
    return new Insiders(resideInAnyPackage(packages(modules)).or(simpleNameEndingWith("Module")));
  }

  private record Insiders(DescribedPredicate<JavaClass> insiders) {
    void knowPackage(String known) {
      classes()
          .that(DescribedPredicate.not(insiders))
          .should()
          .onlyDependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(known)))
          .check(CLASSES);
    }
  }
}

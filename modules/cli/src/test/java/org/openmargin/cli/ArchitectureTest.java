package org.openmargin.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the modules, and who may know TensorFlow, Guice and the schema. */
class ArchitectureTest {
  private static final String ROOT = "org.openmargin.";
  private static final String SCHEMA = "v1";

  /** Which modules a module may know. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("config", Set.of()),
          entry("data", Set.of("files")),
          entry("nn", Set.of()),
          entry("files", Set.of()),
          entry("scoring", Set.of("files")),
          entry("embedding", Set.of("scoring")),
          entry("model", Set.of("nn")),
          entry("loss", Set.of("nn")),
          entry("trainer", Set.of("nn", "data", "scoring", "files")),
          entry("exporter", Set.of("nn", "scoring", "files")),
          entry("report", Set.of("scoring", "embedding", "files")),
          entry(
              "experiment",
              Set.of(
                  "trainer",
                  "exporter",
                  "report",
                  "embedding",
                  "scoring",
                  "data",
                  "model",
                  "loss",
                  "nn",
                  "files",
                  "config")),
          entry(
              "cli",
              Set.of(
                  "experiment",
                  "config",
                  "data",
                  "embedding",
                  "exporter",
                  "files",
                  "scoring",
                  "trainer")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.openmargin");

  static List<String> modules() {
    return ARROWS.keySet().stream().sorted().toList();
  }

  @Test
  void everyModuleWasLookedAt() {
    var seen =
        CLASSES.stream()
            .map(type -> type.getPackageName().substring(ROOT.length()).replaceFirst("[.].*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    var expected = new TreeSet<>(modules());
    expected.add(SCHEMA);
    assertThat(seen).isEqualTo(expected);
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

  @Test
  void modulesHaveNoCycles() {
    slices().matching("org.openmargin.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void dataScoringReportConfigAndCommandLineDoWithoutTensorFlow() {
    noClasses()
        .that()
        .resideInAnyPackage(
            packages("files", "data", "scoring", "embedding", "report", "config", "cli"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow..", "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void onlyConfigAndExperimentKnowTheSchema() {
    onlyIn("config", "experiment", SCHEMA).knowPackage(ROOT + SCHEMA);
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

package org.openmargin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.console.ExitCodes;

/**
 * {@code tools/example-app}, built against an empty local repository that got nothing but the
 * artifacts of OpenMargin; what it trains is evaluated and exported by itself and, with its jar as
 * a plugin, by the command line.
 */
class ExampleAppIT {
  private static final String VERSION = System.getProperty("openmargin.version", "");

  @TempDir static Path folder;
  private static Path jar;
  private static Path run;

  @BeforeAll
  static void buildAndTrain() throws IOException, InterruptedException {
    assumeTrue(!VERSION.isEmpty(), "needs Maven's properties: run it with mvn verify");
    var project = folder.resolve("example-app");
    copy(CommandLineRun.REPOSITORY.resolve("tools/example-app"), project);
    install(folder.resolve("repository"));
    maven(project, "package");
    jar = project.resolve("target/example-app-1.0.jar");
    run = folder.resolve("work/run");
    var classPath =
        jar + File.pathSeparator + Files.readString(project.resolve("target/class-path")).strip();
    var printed = output(java("-cp", classPath, "example.Main", folder.resolve("work").toString()));
    assertThat(printed).contains("epoch 1 of 6: loss ", "AUROC ", ", unknown score ");
    // Two lines of TensorFlow obey no level.
    assertThat(printed.lines().filter(line -> line.contains("tensorflow/"))).isEmpty();
  }

  /** Puts the jars and poms of this build where {@code mvn install} would put them. */
  private static void install(Path repository) throws IOException {
    publish(repository, "openmargin", CommandLineRun.REPOSITORY.resolve("pom.xml"), "pom");
    try (var modules = Files.newDirectoryStream(CommandLineRun.REPOSITORY.resolve("modules"))) {
      for (var module : modules) {
        var artifact = "openmargin-" + module.getFileName();
        var built = module.resolve("target/" + artifact + "-" + VERSION + ".jar");
        if (Files.exists(built)) {
          publish(repository, artifact, built, "jar");
          publish(repository, artifact, module.resolve("pom.xml"), "pom");
        }
      }
    }
  }

  private static void publish(Path repository, String artifact, Path file, String type)
      throws IOException {
    var folder = repository.resolve("org/openmargin/" + artifact + "/" + VERSION);
    Files.createDirectories(folder);
    Files.copy(file, folder.resolve(artifact + "-" + VERSION + "." + type));
  }

  /** All else comes from the repository that the build itself used, as from a server. */
  private static void maven(Path project, String goal) throws IOException, InterruptedException {
    var settings =
        """
        <settings>
          <mirrors>
            <mirror><id>build</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
          </mirrors>
        </settings>
        """
            .formatted(Path.of(System.getProperty("maven.repository")).toUri());
    var file = Files.writeString(folder.resolve("settings.xml"), settings);
    var windows = File.separatorChar == '\\';
    var program =
        Path.of(System.getProperty("maven.home"), "bin", windows ? "mvn.cmd" : "mvn").toString();
    var builder =
        new ProcessBuilder(
            program,
            "-B",
            "-ntp",
            "-q",
            "-s",
            file.toString(),
            "-gs",
            file.toString(),
            "-Dmaven.repo.local=" + folder.resolve("repository"),
            "-f",
            project.resolve("pom.xml").toString(),
            goal);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("TF_CPP_MIN_LOG_LEVEL");
    output(builder);
  }

  private static ProcessBuilder java(String... arguments) {
    var program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder = new ProcessBuilder(program);
    if (Runtime.version().feature() >= 22) {
      builder.command().add("--enable-native-access=ALL-UNNAMED");
    }
    builder.command().addAll(List.of("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"));
    builder.command().addAll(List.of(arguments));
    builder.environment().remove("TF_CPP_MIN_LOG_LEVEL");
    return builder;
  }

  private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
    var process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (var path : all.filter(p -> !p.startsWith(from.resolve("target"))).toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  @Test
  void theCommandLineEvaluatesAndExportsItWithThePlugin() {
    var evaluated = CommandLineRun.of("evaluate", run, "--plugin", jar);
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    var models = folder.resolve("by-command-line");
    var exported = CommandLineRun.of("export", run, "--to", models, "--plugin", jar);
    assertThat(exported.code()).as(exported.err()).isZero();
    assertThat(CommandLineRun.of("verify", models.resolve("shapes")).code()).isZero();
    var mapped = CommandLineRun.of("map", run, "--per-class", "20", "--plugin", jar);
    assertThat(mapped.code()).as(mapped.err()).isZero();
    var pruned = CommandLineRun.of("prune", run, "--plugin", jar);
    assertThat(pruned.code()).as(pruned.err()).isZero();
  }

  @Test
  void theCommandLineTrainsAndResumesWithThePlugin() {
    var experiment = run.resolve("experiment.textproto");
    var mine = folder.resolve("second");
    var trained =
        CommandLineRun.of(
            "train", experiment, "--set", "training.epochs=1", "--run", mine, "--plugin", jar);
    assertThat(trained.code()).as(trained.err()).isZero();
    var resumed =
        CommandLineRun.of(
            "train",
            experiment,
            "--set",
            "training.epochs=1",
            "--run",
            mine,
            "--resume",
            "--plugin",
            jar);
    assertThat(resumed.code()).as(resumed.err()).isZero();
  }

  @Test
  void withoutThePluginEveryMissingPartIsNamedAtOnce() {
    for (var command :
        List.of(
            new Object[] {"evaluate", run},
            new Object[] {"export", run, "--to", folder.resolve("none")},
            new Object[] {"map", run},
            new Object[] {"config", "validate", run.resolve("experiment.textproto")},
            new Object[] {"train", run.resolve("experiment.textproto"), "--run", "none"})) {
      var refused = CommandLineRun.of(command);
      assertThat(refused.code()).isEqualTo(ExitCodes.USAGE);
      assertThat(refused.err())
          .contains("'drawn_shapes'", "'small_net'", "'logit_norm'", "--plugin JAR")
          .doesNotContain("Experiment.with");
    }
    var valid =
        CommandLineRun.of(
            "config", "validate", run.resolve("experiment.textproto"), "--plugin", jar);
    assertThat(valid.code()).as(valid.err()).isZero();
  }
}

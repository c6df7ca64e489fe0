package org.openmargin.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cli.spark.SparkSubmit;
import org.openmargin.experiment.folder.RunException;

class ScoringSubmitTest {
  private static final String LIBRARIES = "tensorflow-core-native-1.1.0-linux-x86_64.jar";

  @TempDir private Path folder;

  private Path program(Path bin) throws IOException {
    var program = Files.createDirectories(bin).resolve("spark-submit");
    Files.writeString(program, "#!/bin/sh\nexit 5\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private Map<String, String> properties() throws IOException {
    var application = Files.writeString(folder.resolve("app.jar"), "");
    var classPath = String.join(File.pathSeparator, "a.jar", "/m 2/" + LIBRARIES, "b.jar");
    return Map.of("openmargin.spark", application.toString(), "java.class.path", classPath);
  }

  @Test
  void sparkIsFoundByItsHomeOrOnThePath() throws IOException {
    var home = program(folder.resolve("spark/bin"));
    var onPath = program(folder.resolve("tools"));
    var path = "/nowhere" + File.pathSeparator + folder.resolve("tools");
    var both = Map.of("SPARK_HOME", folder.resolve("spark").toString(), "PATH", path);

    assertThat(ScoringSubmit.find(both, properties()).spark().program()).isEqualTo(home);
    assertThat(ScoringSubmit.find(Map.of("PATH", path), properties()).spark().program())
        .isEqualTo(onPath);
  }

  @Test
  void whatIsMissingIsSaidWithHowToGetIt() throws IOException {
    var spark = Map.of("SPARK_HOME", folder.resolve("spark").toString());
    assertThatThrownBy(() -> ScoringSubmit.find(Map.of("PATH", "/nowhere"), properties()))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("set SPARK_HOME")
        .hasMessageContaining("pip install pyspark==");
    assertThatThrownBy(() -> ScoringSubmit.find(spark, properties()))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("has no bin/spark-submit");
    program(folder.resolve("spark/bin"));
    assertThatThrownBy(() -> ScoringSubmit.find(spark, Map.of("java.class.path", LIBRARIES)))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("mvn package -DskipTests -pl modules/spark -am");
    var application = properties().get("openmargin.spark");
    assertThatThrownBy(
            () ->
                ScoringSubmit.find(
                    spark, Map.of("openmargin.spark", application, "java.class.path", "a.jar")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("from a checkout, not from a bundle");
  }

  @Test
  void theUsersSettingsComeLastAndTheExitCodeIsPassedOn() throws IOException {
    program(folder.resolve("spark/bin"));
    var spark = Map.of("SPARK_HOME", folder.resolve("spark").toString());

    var command =
        ScoringSubmit.find(spark, properties())
            .command("local[*]", List.of("spark.log.level=INFO"), List.of("model", "a b"));

    assertThat(command).containsSequence("--master", "local[*]");
    assertThat(command).containsSequence("--jars", "file:///m%202/" + LIBRARIES);
    assertThat(command.indexOf("spark.log.level=WARN"))
        .isPositive()
        .isLessThan(command.indexOf("spark.log.level=INFO"));
    assertThat(command).endsWith("file://" + folder.resolve("app.jar"), "model", "a b");
    assertThat(SparkSubmit.run(command)).isEqualTo(5);
  }

  /** As the README sets the folder for TensorFlow's libraries. */
  @Test
  void theUsersOptionsOfTheJvmAreAddedToThoseThatAreNeeded() throws IOException {
    program(folder.resolve("spark/bin"));
    var spark = Map.of("SPARK_HOME", folder.resolve("spark").toString());
    var mine = "spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.cachedir=/d $1";

    var command =
        ScoringSubmit.find(spark, properties()).command("local[*]", List.of(mine), List.of());

    assertThat(command)
        .filteredOn(word -> word.startsWith("spark.executor.extraJavaOptions="))
        .last()
        .asString()
        .contains("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0 ")
        .endsWith(" -Dorg.bytedeco.javacpp.cachedir=/d $1");
  }

  @Test
  void placesMayBeAddresses() {
    var address = new Place("s3a://bucket/a b");
    assertThat(address.existingAddress()).isEqualTo("s3a://bucket/a b");
    assertThatThrownBy(address::path).hasMessageContaining("add --on MASTER");
    assertThat(new Place("scan:01.png").isAddress()).isFalse();
    assertThat(new Place(folder.toString()).existingAddress()).isEqualTo("file:" + folder);
    assertThatThrownBy(() -> new Place(folder + "/none").existingAddress())
        .hasMessageContaining("there is no such file or folder");
  }
}

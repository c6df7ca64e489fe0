package org.openmargin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.config.text.ConfigException;

class SlurmArrayTest {
  @TempDir private Path folder;

  private String script(String... settings) throws IOException {
    var files = new SlurmArray(Examples.array(folder, settings), folder.resolve("logs")).files();
    assertThat(files).hasSize(1);
    return files.get(0).text();
  }

  private List<String> directives(String... settings) throws IOException {
    return script(settings)
        .lines()
        .filter(line -> line.startsWith("#SBATCH "))
        .map(line -> line.substring("#SBATCH ".length()))
        .toList();
  }

  @Test
  void whatThePlanAsksForIsAskedOfSlurm() throws IOException {
    assertThat(directives())
        .containsExactly(
            "--job-name=two-by-two",
            "--array=0-2,5",
            "--nodes=1",
            "--ntasks=1",
            "--cpus-per-task=3",
            "--mem=8192M",
            "--time=720",
            "--signal=B:TERM@120",
            "--requeue",
            "--open-mode=append",
            "--chdir=" + folder,
            "--output=" + folder.resolve("logs") + "/%A_%a.log");
    assertThat(
            directives(
                "parallel=2",
                "memory_mib=1024",
                "gpus=1",
                "slurm.gpu_type=a100",
                "grace_seconds=60",
                "slurm.time_limit_minutes=30",
                "slurm.partition=long,short",
                "slurm.account=lab",
                "slurm.qos=low",
                "slurm.options=[\"--exclude=node7\", \"--comment=\\\"a b\\\"\"]"))
        .contains(
            "--array=0-2,5%2",
            "--mem=1024M",
            "--gres=gpu:a100:1",
            "--signal=B:TERM@60",
            "--time=30",
            "--partition=long,short",
            "--account=lab",
            "--qos=low",
            "--exclude=node7",
            "--comment=\"a b\"");
  }

  @Test
  void directivesComeBeforeTheFirstCommand() throws IOException {
    var lines = script("slurm.setup=[\"module load java/17\"]").lines().toList();
    assertThat(lines.get(0)).isEqualTo("#!/bin/bash");
    var first = lines.indexOf("module load java/17");
    assertThat(first).isPositive();
    assertThat(lines.subList(0, first)).allMatch(l -> l.startsWith("#") || l.isEmpty());
    assertThat(lines.subList(first, lines.size())).noneMatch(l -> l.startsWith("#SBATCH"));
  }

  @Test
  void theCommandIsQuotedForTheShell() throws IOException {
    assertThat(script("retries=5", "slurm.requeues=7"))
        .contains(
            "command=(openmargin benchmark run %s/plan.textproto --set 'loss.softmax={}' --results '%s/my results' --index)"
                .formatted(folder, folder))
        .contains("retries=5\n", "requeues=7\n");
  }

  @Test
  void namesOfFoldersThatSlurmWouldSplitOrReplaceAreProtected() throws IOException {
    var array = Examples.array(folder);
    var odd = new SlurmArray(array, Path.of("/a b/100%j")).files().get(0).text();
    assertThat(odd).contains("#SBATCH --output=\"/a b/100%%j/%A_%a.log\"\n");
    assertThatThrownBy(() -> new SlurmArray(array, Path.of("/a\\b")).files())
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("cannot have a backslash");
  }

  /** As sbatch 22.05 was seen to read them: only inside quotes are they characters of a name. */
  @ParameterizedTest
  @ValueSource(strings = {"/a#b", "/a # b", "/it's", "/tab\tb", "/$(x)", "/`x`", "/a;b", "/a*"})
  void namesWithCharactersThatSlurmOrAShellKnowsAreQuoted(String name) throws IOException {
    var script = new SlurmArray(Examples.array(folder), Path.of(name)).files().get(0).text();
    assertThat(script).contains("#SBATCH --output=\"" + name + "/%A_%a.log\"\n");
  }

  @Test
  void aQuoteInAQuotedNameIsProtected() throws IOException {
    var script = new SlurmArray(Examples.array(folder), Path.of("/a\"b")).files().get(0).text();
    assertThat(script).contains("#SBATCH --output=\"/a\\\"b/%A_%a.log\"\n");
  }

  @Test
  void aTaskThatWouldBeToldToStopAtOnceIsRefused() throws IOException {
    assertThatThrownBy(() -> script("grace_seconds=3600", "slurm.time_limit_minutes=60"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("leaves no time to train: allow 62 minutes or more");
    assertThat(script("grace_seconds=60", "slurm.time_limit_minutes=3")).contains("TERM@60\n");
    assertThatThrownBy(() -> script("grace_seconds=60", "slurm.time_limit_minutes=2"))
        .isInstanceOf(ClusterException.class);
  }

  @Test
  void everythingWrongIsSaidAtOnceAsItWasTyped() {
    assertThatThrownBy(
            () -> script("cpus=0", "slurm.partition=a b", "slurm.acount=x", "gpus=2", "retries"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems().stream().map(Object::toString).toList())
                    .hasSize(5)
                    .anyMatch(p -> p.contains("--cluster cpus=0: ") && p.contains("at least 1"))
                    .anyMatch(p -> p.contains("--cluster slurm.partition=a b: "))
                    .anyMatch(p -> p.contains("did you mean 'cluster.slurm.account'"))
                    .anyMatch(p -> p.contains("--cluster gpus=2: ") && p.contains("at most 1"))
                    .anyMatch(p -> p.contains("retries") && p.contains("expected path=value")));
  }

  @Test
  void linesOfTheScriptCannotBeSmuggledIn() {
    assertThatThrownBy(() -> script("slurm.options=[\"--x\\n#SBATCH --account=other\"]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must begin with '-' and be one line");
    assertThatThrownBy(() -> script("slurm.partition=a\nrm -rf x"))
        .isInstanceOf(ConfigException.class);
  }
}

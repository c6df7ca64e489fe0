package org.openmargin.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openmargin.cluster.TrialCommand.Argument;

@EnableKubernetesMockClient(crud = true, https = false)
class KubernetesJobTest {
  private static final String IMAGE = "kubernetes.image=registry.example.org/openmargin:1";
  private static final String CLAIM = "kubernetes.claim=archive";

  @TempDir private Path folder;

  private static KubernetesClient client;

  private KubernetesJob scheduler(String... more) throws IOException {
    var settings = new ArrayList<>(List.of(IMAGE, CLAIM, "kubernetes.local_path=" + folder));
    settings.addAll(List.of(more));
    return new KubernetesJob(Examples.array(folder, settings.toArray(String[]::new)));
  }

  private Job job(String... more) throws IOException {
    return Serialization.unmarshal(scheduler(more).files().get(0).text(), Job.class);
  }

  @Test
  void oneIndexRunsOneTrialAndExitCodesSayWhatToDo() throws IOException {
    var spec = job("retries=4", "parallel=3", "grace_seconds=90").getSpec();
    assertThat(spec.getCompletionMode()).isEqualTo("Indexed");
    assertThat(spec.getCompletions()).isEqualTo(4);
    assertThat(spec.getParallelism()).isEqualTo(3);
    assertThat(spec.getBackoffLimitPerIndex()).isEqualTo(4);
    assertThat(spec.getPodReplacementPolicy()).isEqualTo("Failed");
    var rules = spec.getPodFailurePolicy().getRules();
    assertThat(rules)
        .extracting(PodFailurePolicyRule::getAction)
        .containsExactly("Ignore", "FailIndex", "Ignore");
    assertThat(rules.get(0).getOnPodConditions().get(0).getType()).isEqualTo("DisruptionTarget");
    assertThat(rules.get(1).getOnExitCodes().getValues()).containsExactly(2, 3, 42);
    assertThat(rules.get(2).getOnExitCodes().getValues()).containsExactly(75, 143);
    var pod = spec.getTemplate().getSpec();
    assertThat(pod.getRestartPolicy()).isEqualTo("Never");
    assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(90);
    assertThat(rules.get(1).getOnExitCodes().getContainerName())
        .isEqualTo(pod.getContainers().get(0).getName());
  }

  /** As the shell of the container does it. */
  @Test
  void thePodOfAnIndexRunsItsTrial() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell");
    var program = Files.writeString(folder.resolve("openmargin"), "#!/bin/sh\nprintf '%s|' \"$@\"");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var container = job().getSpec().getTemplate().getSpec().getContainers().get(0);
    var command = new ArrayList<>(container.getCommand());
    command.addAll(container.getArgs());
    var shell = new ProcessBuilder(command).redirectErrorStream(true);
    shell.environment().put("JOB_COMPLETION_INDEX", "3");
    shell.environment().merge("PATH", folder.toString(), (old, ours) -> ours + ":" + old);
    var running = shell.start();
    assertThat(new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "benchmark|run|/shared/plan.textproto|--set|loss.softmax={}|--results|/shared/my results|--index|5|");
    assertThat(running.waitFor()).isZero();
  }

  private KubernetesJob job(List<Integer> trials, String word) throws IOException {
    var command =
        new TrialCommand(List.of("openmargin"), List.of(Argument.word(word)), Path.of("/"));
    var cluster = Examples.array(folder, IMAGE, CLAIM).cluster();
    return new KubernetesJob(new TrialArray("odd", trials, command, cluster));
  }

  /** By the rules of the field {@code args} of a container. */
  @Test
  void whatKubernetesWouldReplaceIsProtected() throws IOException {
    var text = job(List.of(0), "name=$(HOME) $$x").files().get(0).text();
    var container =
        Serialization.unmarshal(text, Job.class).getSpec().getTemplate().getSpec().getContainers();
    assertThat(container.get(0).getArgs().get(0))
        .contains(" 'name=$$(HOME) $$$$x' --index")
        .contains("shift \"$JOB_COMPLETION_INDEX\"");
  }

  @Test
  void moreTrialsThanAnArgumentHoldsAreRefused() throws IOException {
    var many = job(IntStream.range(0, 25_000).boxed().toList(), "x");
    assertThatThrownBy(many::files)
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("25000 trials are too long for one job");
    assertThat(job(IntStream.range(0, 20_000).boxed().toList(), "x").files()).hasSize(2);
  }

  @Test
  void resourcesAndThePlaceOfTheFilesAreThoseOfThePlan() throws IOException {
    var pod =
        job(
                "memory_mib=2048",
                "gpus=1",
                "kubernetes.mount_path=/data",
                "kubernetes.user_id=1234",
                "kubernetes.group_id=99",
                "kubernetes.pull_secret=pull",
                "kubernetes.node_selector.zone=a")
            .getSpec()
            .getTemplate()
            .getSpec();
    var container = pod.getContainers().get(0);
    assertThat(container.getImage()).isEqualTo("registry.example.org/openmargin:1");
    assertThat(container.getResources().getRequests())
        .containsEntry("cpu", new Quantity("3"))
        .containsEntry("memory", new Quantity("2048Mi"));
    assertThat(container.getResources().getLimits())
        .containsEntry("memory", new Quantity("2048Mi"))
        .containsEntry("nvidia.com/gpu", new Quantity("1"))
        .doesNotContainKey("cpu");
    assertThat(pod.getVolumes().get(0).getPersistentVolumeClaim().getClaimName())
        .isEqualTo("archive");
    assertThat(container.getVolumeMounts().get(0).getMountPath()).isEqualTo("/data");
    assertThat(container.getArgs().get(0)).contains(" /data/plan.textproto ");
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(1234);
    assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(99);
    assertThat(pod.getImagePullSecrets().get(0).getName()).isEqualTo("pull");
    assertThat(pod.getNodeSelector()).isEqualTo(Map.of("zone", "a"));
  }

  @Test
  void kueueGetsItsLabelsAndStartsTheJob() throws IOException {
    var job = job("kubernetes.queue=lab", "kubernetes.priority_class=low");
    assertThat(job.getMetadata().getLabels())
        .containsEntry("kueue.x-k8s.io/queue-name", "lab")
        .containsEntry("kueue.x-k8s.io/priority-class", "low");
    assertThat(job.getMetadata().getAnnotations())
        .containsEntry("kueue.x-k8s.io/job-min-parallelism", "1");
    assertThat(job.getSpec().getSuspend()).isTrue();
    var alone = job();
    assertThat(alone.getMetadata().getLabels().keySet()).noneMatch(key -> key.contains("kueue"));
    assertThat(alone.getSpec().getSuspend()).isNull();
  }

  @Test
  void everyFieldIsOneOfKubernetes() throws IOException {
    var unknown = new ArrayList<String>();
    collectUnknown(
        job("kubernetes.queue=lab", "gpus=1", "kubernetes.user_id=5", "kubernetes.pull_secret=p"),
        unknown);
    assertThat(unknown).isEmpty();
    var misspelt = scheduler().files().get(0).text().replace("completions:", "completion:");
    collectUnknown(Serialization.unmarshal(misspelt, Job.class), unknown);
    assertThat(unknown).containsExactly("completion");
  }

  /** The types of Kubernetes keep fields they do not know apart. */
  private static void collectUnknown(Object value, List<String> unknown) {
    if (value instanceof Collection<?> items) {
      items.forEach(item -> collectUnknown(item, unknown));
    } else if (value instanceof KubernetesResource) {
      for (var method : value.getClass().getMethods()) {
        if (method.getParameterCount() > 0 || !method.getName().startsWith("get")) {
          continue;
        }
        try {
          var inner = method.invoke(value);
          if (method.getName().equals("getAdditionalProperties")) {
            ((Map<?, ?>) inner).keySet().forEach(key -> unknown.add(key.toString()));
          } else {
            collectUnknown(inner, unknown);
          }
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Test
  void aServerTakesTheJobAndKeepsAllOfIt() throws IOException {
    var job = job("kubernetes.namespace=lab", "kubernetes.queue=lab");
    var created = client.resource(job).create();
    var kept =
        client.batch().v1().jobs().inNamespace("lab").withName(created.getMetadata().getName());
    assertThat(created.getMetadata().getName()).startsWith("two-by-two-");
    assertThat(kept.get().getSpec()).isEqualTo(job.getSpec());
  }

  @Test
  void whatIsMissingOrOutOfReachIsSaid() {
    assertThatThrownBy(() -> new KubernetesJob(Examples.array(folder, CLAIM)))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("kubernetes.image")
        .hasMessageContaining("--cluster");
    assertThatThrownBy(() -> new KubernetesJob(Examples.array(folder, IMAGE)))
        .hasMessageContaining("kubernetes.claim");
    assertThatThrownBy(() -> new KubernetesJob(Examples.array(folder, IMAGE, CLAIM)).files())
        .hasMessageContaining("plan.textproto is not below /shared")
        .hasMessageContaining("kubernetes.local_path");
  }
}

package org.openmargin.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openmargin.config.v1.KubernetesConfig;
import org.openmargin.files.ShellWord;

/**
 * An Indexed Job of Kubernetes: index k runs the k-th of the trials. What an exit code means is
 * said in its policy for failed pods, so nothing has to watch it.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/">Jobs</a>
 */
public record KubernetesJob(TrialArray array) implements Scheduler {
  private static final String MANIFEST = "job.yaml";

  /** Kubernetes allows no more if indices are retried on their own. */
  private static final int MOST = 100_000;

  /** Linux takes no longer argument: 128 KiB with the zero at its end, if all were ASCII. */
  private static final int LONGEST_SCRIPT = 130_000;

  /** Of a job's name, so that the name of a pod (job, 5 letters, index) fits into 63. */
  private static final int LONGEST_NAME = 50;

  /**
   * @throws ClusterException naming what is missing, or if there are too many trials
   */
  public KubernetesJob {
    var kubernetes = array.needs().getKubernetes();
    require("image", kubernetes.getImage(), "registry.example.org/openmargin:1");
    require("claim", kubernetes.getClaim(), "the-claim-with-the-images");
    if (array.trials().size() > MOST) {
      throw new ClusterException(
          "%d trials are more than the %d of one job: submit some methods at a time (--method)"
              .formatted(array.trials().size(), MOST));
    }
  }

  private static void require(String field, String value, String example) {
    if (value.isEmpty()) {
      throw new ClusterException(
          "Kubernetes needs kubernetes.%s: --cluster kubernetes.%s=%s, or cluster { kubernetes { %s: \"...\" } } in the plan"
              .formatted(field, field, example, field));
    }
  }

  @Override
  public List<JobFile> files() {
    return List.of(
        new JobFile(MANIFEST, comment() + Yaml.of(manifest())),
        new JobFile("Containerfile", Resource.text("Containerfile")));
  }

  /** Not apply: the name is made by the server, so that a plan can be submitted again. */
  @Override
  public List<String> submission(Path job) {
    return List.of("kubectl", "create", "--filename", job.toString());
  }

  @Override
  public String advice() {
    return "install kubectl, or write the job with --write DIR and submit it elsewhere: kubectl create -f DIR/"
        + MANIFEST;
  }

  private static String comment() {
    return """
    # Written by openmargin benchmark submit; submit with: kubectl create -f %s
    # Needs Kubernetes 1.31 or newer (1.29 with its default feature gates).
    """
        .formatted(MANIFEST);
  }

  private KubernetesConfig kubernetes() {
    return array.needs().getKubernetes();
  }

  private Map<String, Object> manifest() {
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("apiVersion", "batch/v1");
    manifest.put("kind", "Job");
    manifest.put("metadata", metadata());
    manifest.put("spec", spec());
    return manifest;
  }

  private Map<String, Object> metadata() {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("generateName", name() + "-");
    if (!kubernetes().getNamespace().isEmpty()) {
      metadata.put("namespace", kubernetes().getNamespace());
    }
    metadata.put("labels", new KueueLabels(kubernetes()).with(labels()));
    if (!kubernetes().getQueue().isEmpty()) {
      metadata.put("annotations", KueueLabels.startsWithFewPods());
    }
    return metadata;
  }

  private Map<String, Object> labels() {
    var labels = new LinkedHashMap<String, Object>();
    labels.put("app.kubernetes.io/name", "openmargin");
    labels.put("app.kubernetes.io/instance", name());
    return labels;
  }

  /** The plan's name in lower-case letters, digits and hyphens. */
  private String name() {
    var plain = array.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    var short_ = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    return short_.replaceAll("^-+|-+$", "");
  }

  private Map<String, Object> spec() {
    var trials = array.trials().size();
    var parallel = array.needs().getParallel();
    var spec = new LinkedHashMap<String, Object>();
    if (!kubernetes().getQueue().isEmpty()) {
      // Kueue starts it when there is room.
      spec.put("suspend", true);
    }
    spec.put("completionMode", "Indexed");
    spec.put("completions", trials);
    spec.put("parallelism", parallel == 0 ? trials : Math.min(parallel, trials));
    spec.put("backoffLimitPerIndex", array.needs().getRetries());
    // A pod that is ending may still hold its trial.
    spec.put("podReplacementPolicy", "Failed");
    spec.put("podFailurePolicy", Map.of("rules", FailureRules.all()));
    var pod = new LinkedHashMap<String, Object>();
    pod.put("metadata", Map.of("labels", labels()));
    pod.put("spec", new TrialPod(array, script()).spec());
    spec.put("template", pod);
    return spec;
  }

  /** Picks the trial of this pod's index; {@code exec}, so that signals reach the program. */
  private List<String> script() {
    var folder =
        new SharedFolder(
            Path.of(
                kubernetes().getLocalPath().isEmpty()
                    ? kubernetes().getMountPath()
                    : kubernetes().getLocalPath()),
            kubernetes().getMountPath());
    var words = new ArrayList<String>(array.command().program());
    words.addAll(List.of("benchmark", "run"));
    for (var argument : array.command().arguments()) {
      words.add(argument.isPath() ? folder.inContainer(argument.text()) : argument.text());
    }
    var trials = array.trials().stream().map(String::valueOf).collect(Collectors.joining(" "));
    var command = words.stream().map(ShellWord::of).collect(Collectors.joining(" "));
    var script =
        "set -- %s; shift \"$JOB_COMPLETION_INDEX\"; exec %s --index \"$1\""
            .formatted(trials, literal(command));
    if (script.length() > LONGEST_SCRIPT) {
      throw new ClusterException(
          "the numbers of %d trials are too long for one job: submit some methods at a time (--method)"
              .formatted(array.trials().size()));
    }
    return List.of(script);
  }

  /** In arguments, Kubernetes replaces {@code $(NAME)} by a variable, and two dollars by one. */
  private static String literal(String command) {
    return command.replace("$", "$$");
  }
}

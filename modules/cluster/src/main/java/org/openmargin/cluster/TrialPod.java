package org.openmargin.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openmargin.config.v1.KubernetesConfig;

/**
 * The pod of a trial: one container with what the plan asks for, and the shared folder.
 *
 * @param script arguments of {@code /bin/sh -c}
 */
record TrialPod(TrialArray array, List<String> script) {
  static final String CONTAINER = "trial";

  private static final String VOLUME = "shared";

  private KubernetesConfig kubernetes() {
    return array.needs().getKubernetes();
  }

  Map<String, Object> spec() {
    var spec = new LinkedHashMap<String, Object>();
    // A policy for failed pods requires it.
    spec.put("restartPolicy", "Never");
    spec.put("terminationGracePeriodSeconds", array.needs().getGraceSeconds());
    spec.put("automountServiceAccountToken", false);
    spec.put("securityContext", owner());
    if (!kubernetes().getPullSecret().isEmpty()) {
      spec.put("imagePullSecrets", List.of(Map.of("name", kubernetes().getPullSecret())));
    }
    if (kubernetes().getNodeSelectorCount() > 0) {
      spec.put("nodeSelector", new TreeMap<>(kubernetes().getNodeSelectorMap()));
    }
    spec.put("containers", List.of(container()));
    var claim = Map.of("claimName", kubernetes().getClaim());
    spec.put("volumes", List.of(ordered("name", VOLUME, "persistentVolumeClaim", claim)));
    return spec;
  }

  /** Who owns what is written; as the restricted security standard wants it. */
  private Map<String, Object> owner() {
    var owner = new LinkedHashMap<String, Object>();
    owner.put("runAsNonRoot", true);
    if (kubernetes().hasUserId()) {
      owner.put("runAsUser", kubernetes().getUserId());
    }
    if (kubernetes().hasGroupId()) {
      owner.put("runAsGroup", kubernetes().getGroupId());
      owner.put("fsGroup", kubernetes().getGroupId());
    }
    owner.put("seccompProfile", Map.of("type", "RuntimeDefault"));
    return owner;
  }

  private Map<String, Object> container() {
    var container = new LinkedHashMap<String, Object>();
    container.put("name", CONTAINER);
    container.put("image", kubernetes().getImage());
    container.put("command", List.of("/bin/sh", "-c"));
    container.put("args", script);
    container.put("workingDir", kubernetes().getMountPath());
    // The user may have no home there.
    container.put("env", List.of(ordered("name", "HOME", "value", "/tmp")));
    container.put("resources", resources());
    container.put(
        "volumeMounts", List.of(ordered("name", VOLUME, "mountPath", kubernetes().getMountPath())));
    container.put(
        "securityContext",
        ordered("allowPrivilegeEscalation", false, "capabilities", Map.of("drop", List.of("ALL"))));
    return container;
  }

  /** No more memory and GPUs than asked for; cores that are idle may be used. */
  private Map<String, Object> resources() {
    var requests = new LinkedHashMap<String, Object>();
    requests.put("cpu", Integer.toString(array.needs().getCpus()));
    requests.put("memory", array.needs().getMemoryMib() + "Mi");
    var limits = new LinkedHashMap<String, Object>();
    limits.put("memory", array.needs().getMemoryMib() + "Mi");
    if (array.needs().getGpus() > 0) {
      var count = Integer.toString(array.needs().getGpus());
      requests.put(kubernetes().getGpuResource(), count);
      limits.put(kubernetes().getGpuResource(), count);
    }
    return ordered("requests", requests, "limits", limits);
  }

  private static Map<String, Object> ordered(
      String first, Object value, String second, Object other) {
    var map = new LinkedHashMap<String, Object>();
    map.put(first, value);
    map.put(second, other);
    return map;
  }
}

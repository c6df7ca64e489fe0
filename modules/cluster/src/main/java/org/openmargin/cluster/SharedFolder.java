package org.openmargin.cluster;

import java.nio.file.Path;

/**
 * The folder that this machine and all containers see.
 *
 * @param local where it is here
 * @param mounted where it is in a container, with slashes
 */
record SharedFolder(Path local, String mounted) {

  SharedFolder {
    local = local.toAbsolutePath().normalize();
  }

  boolean holds(String path) {
    return Path.of(path).startsWith(local);
  }

  /**
   * Where a container finds a path of this machine.
   *
   * @throws ClusterException if it is outside of the folder
   */
  String inContainer(String path) {
    if (!holds(path)) {
      throw new ClusterException(
          "%s is not below %s, the folder that the pods see as %s: put plan, results, runs and images there, or say where this machine has that folder (kubernetes.local_path)"
              .formatted(path, local, mounted));
    }
    var text = new StringBuilder(mounted.replaceFirst("/+$", ""));
    for (var name : local.relativize(Path.of(path))) {
      if (!name.toString().isEmpty()) {
        text.append('/').append(name);
      }
    }
    return text.toString();
  }
}

package org.openmargin.runtime;

import java.io.File;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;

/**
 * Where TensorFlow's libraries are unpacked at first use.
 *
 * @param path a folder that may not exist yet
 * @param writable whether files can be made there
 * @param freeMib room on its disk
 */
record UnpackingFolder(String path, boolean writable, long freeMib) {
  /** TensorFlow's library, with room for a second version of it. */
  private static final long NEEDED_MIB = 600;

  static UnpackingFolder ofProcess() {
    try {
      return of(Loader.getCacheDir());
    } catch (IOException e) {
      var home = new File(System.getProperty("user.home"), ".javacpp/cache");
      return new UnpackingFolder(home.getPath(), false, 0);
    }
  }

  static UnpackingFolder of(File folder) {
    var there = folder.getAbsoluteFile();
    while (!there.exists() && there.getParentFile() != null) {
      there = there.getParentFile();
    }
    return new UnpackingFolder(folder.getPath(), there.canWrite(), there.getUsableSpace() >> 20);
  }

  /** Why loading failed, as well as can be told, and what to do. */
  String reason(LinkageError failure) {
    var elsewhere =
        "; or name another folder by the system property org.bytedeco.javacpp.cachedir (OPENMARGIN_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR)";
    if (!writable) {
      return "TensorFlow's libraries cannot be unpacked: no permission to write in %s; change it%s"
          .formatted(path, elsewhere);
    }
    if (freeMib < NEEDED_MIB) {
      return "no room in %s to unpack TensorFlow's libraries: they need about 400 MiB, %d MiB are free; make room, delete what was unpacked there in part%s"
          .formatted(path, freeMib, elsewhere);
    }
    return "TensorFlow's libraries cannot be loaded: %s; if the files in %s are damaged, delete them"
        .formatted(failure.getMessage(), path);
  }
}

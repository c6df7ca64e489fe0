package org.openmargin.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Folders;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.serving.archive.Audit;

/**
 * A version of a model on its way to the executors. Spark's own archives do not reach every kind of
 * job; a broadcast does.
 *
 * @param files contents by path within the version
 */
record SharedModel(Audit audit, Broadcast<TreeMap<String, byte[]>> files) implements Serializable {

  /**
   * Loads the model to see that it is whole, and hands it to Spark.
   *
   * @param savedModel a model's folder, of which the highest version is taken, or one version in it
   * @throws ModelException if there is no such model, or it is damaged
   */
  static SharedModel share(JavaSparkContext spark, Path savedModel) {
    var version = LoadedModel.versionDirectory(savedModel);
    try (var classifier = intact(version)) {
      return new SharedModel(Audit.of(version, classifier), spark.broadcast(contents(version)));
    } catch (IOException e) {
      throw unreadable(version, e);
    }
  }

  /**
   * The model on an executor, from files that are there only meanwhile.
   *
   * @throws ModelException if it arrived damaged
   */
  OpenSetClassifier load() {
    try {
      var version = Files.createTempDirectory("openmargin-model");
      try {
        for (var file : files.value().entrySet()) {
          var path = version.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.write(path, file.getValue());
        }
        return intact(version);
      } finally {
        Folders.delete(version);
      }
    } catch (IOException e) {
      throw new ModelException("the model cannot be unpacked: " + FileErrors.reason(e), e);
    }
  }

  private static OpenSetClassifier intact(Path version) {
    try {
      FileDigests.requireIntact(version);
    } catch (IOException e) {
      throw unreadable(version, e);
    }
    return OpenSetClassifier.load(version, RuntimeSettings.CPU_OF_CALLER.sessionConfig());
  }

  private static ModelException unreadable(Path version, IOException e) {
    return new ModelException(version + " cannot be read: " + FileErrors.reason(e), e);
  }

  private static TreeMap<String, byte[]> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, byte[]>();
    try (var tree = Files.walk(folder)) {
      for (var file : tree.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}

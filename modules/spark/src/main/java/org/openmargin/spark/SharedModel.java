package org.openmargin.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.openmargin.files.AtomicFile;
import org.openmargin.files.FileErrors;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.OpenSetClassifier;
import org.openmargin.serving.archive.Audit;

/**
 * A version of a model that Spark carries to every executor as a zip archive, which is unpacked
 * there once.
 */
record SharedModel(Audit audit) implements Serializable {

  /**
   * Loads the model to see that it is whole, and hands it to Spark.
   *
   * @param savedModel a model's folder, of which the highest version is taken, or one version in it
   * @throws ModelException if there is no such model, or it is damaged
   */
  static SharedModel share(SparkContext spark, Path savedModel) {
    var version = LoadedModel.versionDirectory(savedModel);
    try (var classifier = intact(version)) {
      var shared = new SharedModel(Audit.of(version, classifier));
      var zip = Path.of(SparkFiles.getRootDirectory(), "openmargin", shared.archive());
      if (Files.notExists(zip)) {
        Files.createDirectories(zip.getParent());
        AtomicFile.write(zip, out -> zip(version, out));
        spark.addArchive(zip.toUri().toString());
      }
      return shared;
    } catch (IOException e) {
      throw new ModelException(
          version + " cannot be sent to the executors: " + FileErrors.reason(e), e);
    }
  }

  private String archive() {
    return audit.digest() + ".zip";
  }

  /**
   * The model on an executor.
   *
   * @throws ModelException if it arrived damaged
   */
  OpenSetClassifier load() {
    var version = Path.of(SparkFiles.get(archive()));
    if (!Audit.digest(version).equals(audit.digest())) {
      throw new ModelException(version + " is another model than the one that was sent");
    }
    return intact(version);
  }

  private static OpenSetClassifier intact(Path version) {
    try {
      FileDigests.requireIntact(version);
    } catch (IOException e) {
      throw new ModelException(version + " cannot be read: " + FileErrors.reason(e), e);
    }
    return OpenSetClassifier.load(version, RuntimeSettings.CPU_OF_CALLER.sessionConfig());
  }

  /** Without compression: weights hardly become smaller. */
  private static void zip(Path folder, OutputStream out) throws IOException {
    var zip = new ZipOutputStream(out);
    zip.setLevel(0);
    try (var tree = Files.walk(folder)) {
      for (var file : tree.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    zip.finish();
  }
}

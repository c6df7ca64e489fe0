package org.openmargin.model.foreign;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.files.FileErrors;
import org.openmargin.files.Sha256;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * The folder of a SavedModel: {@code saved_model.pb}, {@code variables/}, {@code assets/}. Errors
 * are {@link IllegalArgumentException}s.
 */
record ModelFolder(Path path) {
  static final String GRAPH_FILE = "saved_model.pb";

  /** What decides answers; not fingerprints, notes of Keras, or examples. */
  private static final List<String> FILES = List.of(GRAPH_FILE, "variables", "assets");

  /** Says what is there instead if there is no model. */
  ModelFolder requirePresent() {
    if (path.toString().isEmpty()) {
      throw new IllegalArgumentException("path is empty: name the folder of a SavedModel");
    }
    if (Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          "%s is a file, not the folder of a SavedModel; Keras writes one with model.export(FOLDER)"
              .formatted(path));
    }
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "there is no such folder: %s; the working directory is %s"
              .formatted(path, Path.of("").toAbsolutePath()));
    }
    if (!Files.isRegularFile(path.resolve(GRAPH_FILE))) {
      var inside = models();
      throw new IllegalArgumentException(
          "%s holds no %s%s"
              .formatted(
                  path,
                  GRAPH_FILE,
                  inside.isEmpty() ? "" : "; there is one in " + String.join(", ", inside)));
    }
    return this;
  }

  private List<String> models() {
    try (var inside = Files.list(path)) {
      return inside
          .filter(folder -> Files.isRegularFile(folder.resolve(GRAPH_FILE)))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The graph with this tag; other tags of it are those that loaders must name, too. */
  MetaGraphDef graph(String tag) {
    var graphs = read().getMetaGraphsList();
    var tagged = graphs.stream().filter(graph -> tags(graph).contains(tag)).toList();
    var exact = tagged.stream().filter(graph -> tags(graph).size() == 1).toList();
    var found = exact.isEmpty() ? tagged : exact;
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "%s has %s with the tag '%s'; its graphs have the tags %s"
              .formatted(
                  path,
                  found.isEmpty() ? "no graph" : "several graphs",
                  tag,
                  graphs.stream().map(ModelFolder::tags).toList()));
    }
    return found.get(0);
  }

  static List<String> tags(MetaGraphDef graph) {
    return List.copyOf(graph.getMetaInfoDef().getTagsList());
  }

  private SavedModel read() {
    var file = requirePresent().path.resolve(GRAPH_FILE);
    try {
      return SavedModel.parseFrom(Files.readAllBytes(file));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(file + " is damaged: it is no SavedModel", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** SHA-256 of the names and contents of the files that decide answers. */
  String sha256() {
    requirePresent();
    var digest = new Sha256();
    try {
      for (var name : FILES) {
        for (var file : files(path.resolve(name))) {
          digest.add(path.relativize(file).toString().replace('\\', '/'));
          digest.add(Sha256.ofFile(file));
        }
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return digest.hex();
  }

  private static List<Path> files(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (var found = Files.walk(root)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static IllegalArgumentException unreadable(Path path, IOException e) {
    return new IllegalArgumentException(
        "%s cannot be read: %s".formatted(path, FileErrors.reason(e)), e);
  }
}

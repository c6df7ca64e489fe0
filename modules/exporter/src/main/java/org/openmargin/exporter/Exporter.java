package org.openmargin.exporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openmargin.exporter.timing.BatchTimes;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelException;
import org.tensorflow.proto.ConfigProto;

/**
 * Turns a checkpoint into a SavedModel for TensorFlow Serving, and proves, before it is published,
 * that it answers as the trainer's evaluation did.
 */
public final class Exporter {
  private Exporter() {}

  /**
   * A published model.
   *
   * @param directory the version directory
   * @param goldenImages number of images compared with the evaluation
   */
  public record ExportedModel(Path directory, long version, int goldenImages) {}

  /**
   * Writes {@code base/model/version} and the files beside it. The version appears in one rename,
   * once it is complete and proven; a failed export leaves nothing behind.
   *
   * @throws ModelException if the checkpoint cannot be read, the request contradicts itself, or the
   *     written model differs from the evaluation
   */
  public static ExportedModel export(ExportRequest request) {
    return export(request, ConfigProto.getDefaultInstance());
  }

  /**
   * As {@link #export(ExportRequest)}, with the devices and threads of the evaluation: on others,
   * the last bits may differ and the model would be refused.
   *
   * @throws ModelException as {@link #export(ExportRequest)}
   */
  public static ExportedModel export(ExportRequest request, ConfigProto session) {
    requireCheckpoint(request.source().checkpoint());
    var target = request.target();
    try {
      return new ModelFolder(target.modelDirectory()).exporting(() -> write(request, session));
    } catch (UncheckedIOException e) {
      throw unwritable(target, e.getCause());
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static ExportedModel write(ExportRequest request, ConfigProto session)
      throws IOException {
    var target = request.target();
    try (var staged = StagedDirectory.open(target.modelDirectory(), target.version())) {
      var description = Description.of(request, staged.version());
      SavedModelWriter.write(staged.path(), request, description);
      try (var model = LoadedModel.open(staged.path(), session)) {
        var input = request.source().network().input();
        var agreement =
            new Agreement(
                request.contents().weights().tolerance(),
                request.decision().rule(),
                request.source().similarity().isPresent());
        new Verification(model, input, agreement).run(request.golden());
        Examples.of(model, request).write(staged.path());
        var times = BatchTimes.of(model, input);
        staged.writeBeside("batching.pbtxt", ServingNotes.batching(target.model(), times));
      }
      FileDigests.of(staged.path()).write(staged.path());
      writeBeside(staged, request);
      return new ExportedModel(staged.publish(), staged.version(), request.golden().size());
    }
  }

  private static void writeBeside(StagedDirectory staged, ExportRequest request)
      throws IOException {
    var model = request.target().model();
    staged.writeBeside("models.config", ServingNotes.modelsConfig(model));
    staged.writeBeside("monitoring.pbtxt", ServingNotes.monitoring(model));
    staged.writeBeside("kubernetes.yaml", ServingNotes.kubernetes(model));
    staged.writeBeside("README.md", ServingNotes.readme(request));
    if (!request.contents().card().isEmpty()) {
      staged.writeBeside("MODEL_CARD.md", request.contents().card());
    }
  }

  /**
   * Refuses an existing version, as {@link #export} does, before callers compute what an export
   * needs.
   *
   * @throws ModelException if the version exists or the directory cannot be read
   */
  public static void requireFree(ExportRequest.Target target) {
    try {
      StagedDirectory.free(target.modelDirectory(), target.version());
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static ModelException unwritable(ExportRequest.Target target, IOException e) {
    return new ModelException(
        "%s could not be written: %s".formatted(target.modelDirectory(), FileErrors.reason(e)), e);
  }

  private static void requireCheckpoint(Path prefix) {
    var index = prefix.resolveSibling(prefix.getFileName() + ".index");
    if (!Files.isRegularFile(index)) {
      throw new ModelException("there is no checkpoint %s: %s is missing".formatted(prefix, index));
    }
  }
}

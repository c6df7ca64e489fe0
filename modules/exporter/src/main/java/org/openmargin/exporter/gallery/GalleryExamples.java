package org.openmargin.exporter.gallery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openmargin.files.TfRecords;
import org.openmargin.serving.Answers;
import org.openmargin.serving.LoadedModel;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.TensorProtos;
import org.openmargin.serving.WarmUp;
import org.openmargin.serving.WarmUpFile;
import org.openmargin.serving.gallery.Gallery;
import org.tensorflow.proto.ConfigProto;

/**
 * Warm-up requests of {@code identify}, with the images of the others, whose answers must be those
 * of the gallery in Java.
 */
final class GalleryExamples {
  /** Of cosines: floats are summed in another order. */
  private static final double TOLERANCE = 1e-5;

  private GalleryExamples() {}

  static void write(Path base, Path version, Gallery gallery) throws IOException {
    var identify = ModelContract.IDENTIFY.name();
    var records = new ArrayList<WarmUp>();
    for (var record : WarmUpFile.read(base.resolve(ModelContract.WARM_UP_FILE))) {
      if (!record.signature().equals(identify)) {
        records.add(record);
      }
    }
    var files = ModelContract.SERVING_BYTES.name();
    var requests = records.stream().filter(record -> record.signature().equals(files)).toList();
    try (var model = LoadedModel.open(version, ConfigProto.getDefaultInstance())) {
      records.replaceAll(record -> describedAnew(model, record));
      requests.forEach(request -> records.add(identified(model, request, gallery)));
    }
    var bytes = new ByteArrayOutputStream();
    for (var record : records) {
      TfRecords.write(bytes, record.encode());
    }
    Files.write(version.resolve(ModelContract.WARM_UP_FILE), bytes.toByteArray());
  }

  /** The description has changed; all other answers have not. */
  private static WarmUp describedAnew(LoadedModel model, WarmUp record) {
    if (!record.signature().equals(ModelContract.DESCRIBE.name())) {
      return record;
    }
    try (var query = TensorProtos.toTensor(record.inputs().get(ModelContract.QUERY));
        var answers = model.call(ModelContract.DESCRIBE, Map.of(ModelContract.QUERY, query))) {
      return new WarmUp(record.model(), record.signature(), record.inputs(), answers.toProtos());
    }
  }

  private static WarmUp identified(LoadedModel model, WarmUp request, Gallery gallery) {
    var proto = request.inputs().get(ModelContract.IMAGE_BYTES);
    try (var tensor = TensorProtos.toTensor(proto);
        var rows =
            model.call(ModelContract.SERVING_BYTES, Map.of(ModelContract.IMAGE_BYTES, tensor));
        var answers =
            model.call(ModelContract.IDENTIFY, Map.of(ModelContract.IMAGE_BYTES, tensor))) {
      requireSame(rows, answers, gallery);
      return new WarmUp(
          request.model(), ModelContract.IDENTIFY.name(), request.inputs(), answers.toProtos());
    }
  }

  private static void requireSame(Answers rows, Answers answers, Gallery gallery) {
    var similarities = answers.floats(ModelContract.SIMILARITY);
    var ok = rows.booleans(ModelContract.INPUT_OK);
    var embeddings = List.of(rows.rows(ModelContract.EMBEDDING));
    for (var row = 0; row < similarities.length; row++) {
      var wanted = gallery.identify(embeddings.get(row)).similarity();
      if (ok[row] && !(Math.abs(wanted - similarities[row]) <= TOLERANCE)) {
        throw new ModelException(
            "the graph gives a similarity of %s, the gallery %s"
                .formatted(similarities[row], wanted));
      }
    }
  }
}

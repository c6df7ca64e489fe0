package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.openmargin.exporter.ExportRequest;
import org.openmargin.exporter.Exporter;
import org.openmargin.exporter.GoldenImages;
import org.openmargin.exporter.WeightForm;
import org.openmargin.nn.Mode;
import org.openmargin.nn.Net;
import org.openmargin.nn.VariableFile;
import org.openmargin.nn.Variables;
import org.openmargin.scoring.Predictions;
import org.openmargin.scoring.Truth;
import org.openmargin.scoring.calibration.ConformalCalibration;
import org.openmargin.scoring.scorer.Energy;
import org.openmargin.serving.ExampleImages;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * A network with fresh weights, exported like a trained one: the cost of an answer does not depend
 * on the weights.
 *
 * @param served which network
 * @param base folder of all models; this one is {@code base/NETWORK/model/1}
 */
record FreshModel(ServedNetwork served, Path base) {
  private static final double ALPHA = 0.1;
  private static final String VARIABLES = "model";

  /** The same with weights as constants. */
  private static final String FROZEN = "frozen";

  /** The version directory that {@link #export} writes. */
  Path directory() {
    return folder().resolve(VARIABLES).resolve("1");
  }

  /** Folder of the images that are sent to it. */
  Path requests(Request.Input input) {
    return folder().resolve(input.name());
  }

  private Path folder() {
    return base.resolve(served.name());
  }

  /** Initializes weights, evaluates the images with them, exports. */
  void export() throws IOException {
    var checkpoint = Files.createDirectories(folder()).resolve("fresh");
    var request = Request.of(served, Request.Input.PIXELS, Request.MOST);
    var predictions = predictions(request, checkpoint);
    var head = served.head();
    var scorer = new Energy(head);
    var calibration = ConformalCalibration.calibrate(scorer, predictions, List.of(ALPHA));
    var source = new ExportRequest.Source(served.network(), checkpoint, 0, Map.of());
    var decision = new ExportRequest.Decision(head, scorer, calibration, ALPHA);
    var golden = GoldenImages.of(request.contents(), predictions, decision, Request.MOST);
    for (var weights : WeightForm.values()) {
      var name = weights == WeightForm.VARIABLES ? VARIABLES : FROZEN;
      var contents = new ExportRequest.Contents(ExampleImages.DRAWN, weights, "");
      var target = new ExportRequest.Target(folder(), name, OptionalLong.of(1));
      Exporter.export(new ExportRequest(source, decision, target, golden, contents));
    }
  }

  private Predictions predictions(Request request, Path checkpoint) {
    try (var graph = new Graph();
        var session = new Session(graph)) {
      var tf = Ops.create(graph);
      var variables = new Variables(tf, 3);
      var size = request.sizePx();
      var pixels = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, size, size, 3)));
      var net = Net.root(tf, variables, new Mode.Inference());
      var endpoints = served.network().endpoints(net, pixels);
      var file = VariableFile.of(tf, variables.model());
      variables.all().forEach(v -> session.runner().addTarget(v.initialize()).run().close());
      try (var prefix = TString.scalarOf(checkpoint.toString())) {
        session.runner().feed(file.prefix(), prefix).addTarget(file.save()).run().close();
      }
      try (var images = Tensors.of(request);
          var result =
              session
                  .runner()
                  .feed(pixels, images)
                  .fetch(endpoints.logits())
                  .fetch(endpoints.embeddings())
                  .run()) {
        var logits = Tensors.rows(result.get(0));
        return new Predictions(served.head(), truth(), logits, Tensors.rows(result.get(1)));
      }
    }
  }

  private Truth truth() {
    var ids = IntStream.range(0, Request.MOST).mapToObj(Integer::toString).toList();
    var names = served.head().classNames();
    var truth = new ArrayList<>(Collections.nCopies(Request.MOST, names.get(0)));
    return new Truth(ids, new int[Request.MOST], truth);
  }
}

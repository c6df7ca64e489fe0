package org.openmargin.trainer.saliency;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openmargin.data.Images;
import org.openmargin.nn.OpenSetNetwork;
import org.openmargin.nn.saliency.HeatMap;
import org.openmargin.runtime.Precision;
import org.openmargin.runtime.RuntimeSettings;
import org.openmargin.trainer.Checkpoint;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** Where in an image the evidence for a class is, see {@link HeatMap}. */
public final class GradCam implements AutoCloseable {
  private static final int BATCH = 64;

  private final GradCamGraph graph;
  private final Session session;

  private GradCam(GradCamGraph graph, Session session) {
    this.graph = graph;
    this.session = session;
  }

  /**
   * Builds the graph and loads weights.
   *
   * @param variables prefix of a checkpoint's variables
   * @return empty if the backbone does not show the maps of its stages
   * @throws org.openmargin.trainer.TrainingException if the files are missing, damaged, or of
   *     another network
   */
  public static Optional<GradCam> of(
      OpenSetNetwork network, RuntimeSettings runtime, Path variables) {
    return HeatMap.stages(network)
        .map(staged -> restored(GradCamGraph.of(network, staged), runtime, variables));
  }

  private static GradCam restored(GradCamGraph graph, RuntimeSettings runtime, Path variables) {
    var session = new Session(graph.graph(), runtime.sessionConfig(Precision.FLOAT32));
    var gradCam = new GradCam(graph, session);
    try {
      Checkpoint.restore(graph.file(), session, variables);
      return gradCam;
    } catch (RuntimeException e) {
      gradCam.close();
      throw e;
    }
  }

  /**
   * The evidence for one class in each image.
   *
   * @param classes one label for each image
   * @return [n][h][w], each image's largest value 1, or all 0 if nothing speaks for the class
   */
  public float[][][] maps(Images images, int[] classes) {
    var maps = new float[images.count()][][];
    for (var from = 0; from < images.count(); from += BATCH) {
      var part = run(images, classes, from, Math.min(BATCH, images.count() - from));
      System.arraycopy(part, 0, maps, from, part.length);
    }
    return maps;
  }

  private float[][][] run(Images images, int[] classes, int from, int count) {
    var bytes = new byte[count * images.bytesPerImage()];
    IntStream.range(0, count)
        .forEach(i -> images.copyTo(from + i, bytes, i * images.bytesPerImage()));
    var shape = Shape.of(count, images.height(), images.width(), images.channels());
    try (var pixels = TUint8.tensorOf(shape, DataBuffers.of(bytes));
        var labels = TInt32.vectorOf(Arrays.copyOfRange(classes, from, from + count));
        var result =
            session
                .runner()
                .feed(graph.pixels(), pixels)
                .feed(graph.classes(), labels)
                .fetch(graph.scaled())
                .run()) {
      return StdArrays.array3dCopyOf((TFloat32) result.get(0));
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}

package org.openmargin.speed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.openmargin.exporter.gallery.GalleryExporter;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.gallery.Gallery;
import org.openmargin.serving.gallery.GalleryCalibration;
import org.openmargin.serving.gallery.Identity;
import org.openmargin.serving.gallery.SimilarityRule;
import org.openmargin.serving.gallery.StoredGallery;
import org.tensorflow.Output;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;

/**
 * A gallery of many templates: how long its version takes to be written and loaded, how long an
 * answer takes, and in how much memory. Each image is compared with every template.
 */
final class LargeGallery {
  private static final ServedNetwork NETWORK = ServedNetwork.POOLED_28;

  /** Numbers per embedding of {@link #NETWORK}. */
  private static final int SIZE = 512;

  private static final int TEMPLATES_EACH = 10;
  private static final int ROUNDS = 9;

  private LargeGallery() {}

  /**
   * Arguments: {@code write FOLDER TEMPLATES}, or {@code answer FOLDER}, in a process of its own.
   */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    var model = new FreshModel(NETWORK, Path.of(args[1]));
    if (args[0].equals("write")) {
      model.export();
      write(model.directory().getParent(), Integer.parseInt(args[2]));
    } else {
      answer(model.directory().resolveSibling("2"));
    }
    System.out.printf("  peak memory of this process: %d MiB%n", ProcessUse.peakMemory());
  }

  private static void write(Path model, int templates) {
    var began = System.nanoTime();
    var random = new Random(7);
    var identities = new ArrayList<Identity>();
    for (var i = 0; i < templates / TEMPLATES_EACH; i++) {
      identities.add(Identity.of("identity-%07d".formatted(i), around(random)));
    }
    var rule = new SimilarityRule.NearestTemplates(1);
    var gallery = Gallery.of(rule, new GalleryCalibration.LeaveOneOut(0.05), identities);
    new GalleryExporter(model).change(old -> new StoredGallery(gallery, List.of()));
    System.out.printf(
        "%d templates of %d identities, %d numbers each: written and checked in %.0f s%n",
        gallery.templates(), identities.size(), SIZE, (System.nanoTime() - began) * 1e-9);
  }

  /** Vectors near a common one. */
  private static List<float[]> around(Random random) {
    var centre = normal(random);
    var rows = new ArrayList<float[]>();
    for (var i = 0; i < TEMPLATES_EACH; i++) {
      var row = normal(random);
      for (var k = 0; k < SIZE; k++) {
        row[k] = centre[k] + 0.5f * row[k];
      }
      rows.add(row);
    }
    return rows;
  }

  private static float[] normal(Random random) {
    var row = new float[SIZE];
    for (var k = 0; k < SIZE; k++) {
      row[k] = (float) random.nextGaussian();
    }
    return row;
  }

  private static void answer(Path version) throws IOException {
    var began = System.nanoTime();
    try (var bundle = SavedModelBundle.load(version.toString(), "serve")) {
      System.out.printf("loaded in %.1f s%n", (System.nanoTime() - began) * 1e-9);
      for (var count : new int[] {1, 16, Request.MOST}) {
        var request = Request.of(NETWORK, Request.Input.FILES, count);
        try (var files = Tensors.of(request)) {
          var first = Turn.once(() -> identify(bundle, files)).median();
          var median = Turn.of(ROUNDS, 1, () -> identify(bundle, files)).median();
          System.out.printf(
              "  identify, %2d JPEG and PNG files: first %.0f ms, then %.0f ms%n",
              count, first, median);
        }
      }
    }
  }

  private static void identify(SavedModelBundle bundle, Tensor files) {
    var signature = bundle.metaGraphDef().getSignatureDefOrThrow(ModelContract.IDENTIFY.name());
    var runner = bundle.session().runner();
    signature.getInputsMap().values().forEach(input -> runner.feed(input.getName(), files));
    signature
        .getOutputsMap()
        .values()
        .forEach(
            output -> {
              Output<?> fetched = bundle.graph().outputOrThrow(output.getName());
              runner.fetch(fetched);
            });
    runner.run().close();
  }
}

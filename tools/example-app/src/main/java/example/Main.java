package example;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.config.v1.EvaluationReport;
import org.openmargin.data.Images;
import org.openmargin.experiment.Experiment;
import org.openmargin.experiment.ModelRequest;
import org.openmargin.experiment.Run;
import org.openmargin.experiment.TrainRequest;
import org.openmargin.serving.OpenSetClassifier;

/** Trains, evaluates, exports, and asks the exported model about new images. */
public final class Main {
  private Main() {}

  /** Argument: a folder to work in. Its run is replaced if there is one. */
  public static void main(String[] arguments) throws IOException {
    var work = Path.of(arguments.length > 0 ? arguments[0] : "work");
    run(work, System.out);
  }

  static EvaluationReport run(Path work, PrintStream out) throws IOException {
    // The parts come from ShapesPlugin, which is on the class path.
    Experiment experiment =
        Experiment.read(experimentFile(work)).withNotices(notice -> out.println("# " + notice));
    Run run =
        experiment.train(
            new TrainRequest(
                work.resolve("run"),
                TrainRequest.Existing.OVERWRITE,
                List.of(new LossWatch(out, 0.01))));
    EvaluationReport report = run.evaluate();
    out.printf("AUROC %.3f, report: %s%n", report.getAuroc(), run.files().report());
    Path model = run.export(ModelRequest.in(work.resolve("savedmodels")));
    out.println("model: " + model);
    classify(model, new DrawnShapes(2, 99).load().test().images(), out);
    return report;
  }

  private static void classify(Path model, Images images, PrintStream out) {
    try (OpenSetClassifier classifier = OpenSetClassifier.load(model)) {
      for (int i = 0; i < images.count(); i++) {
        byte[] pixels = new byte[images.bytesPerImage()];
        images.copyTo(i, pixels, 0);
        var answer = classifier.classify(pixels, images.height(), images.width());
        out.printf("%s, unknown score %.3f%n", answer.label(), answer.unknownScore());
      }
    }
  }

  /** An experiment is a file; this one travels in the jar. */
  private static Path experimentFile(Path work) throws IOException {
    Path file = Files.createDirectories(work).resolve("shapes.textproto");
    try (InputStream in = Main.class.getResourceAsStream("shapes.textproto")) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }
}

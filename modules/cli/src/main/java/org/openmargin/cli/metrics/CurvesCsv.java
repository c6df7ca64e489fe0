package org.openmargin.cli.metrics;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.AtomicTextFile;
import org.openmargin.files.FileErrors;
import org.openmargin.scoring.UnknownScores;
import org.openmargin.scoring.metric.CurvePoint;
import org.openmargin.scoring.metric.OpenSetCurves;

/**
 * The curves of a score as CSV, a row per distinct score: {@code roc} (x: known images rejected, y:
 * unknown images rejected) and {@code oscr} (x: unknown images accepted, y: known images accepted
 * and correctly classified).
 */
final class CurvesCsv {
  private CurvesCsv() {}

  static void write(Path file, UnknownScores scores) {
    var roc = OpenSetCurves.roc(scores.known(), scores.unknown());
    var oscr = OpenSetCurves.ccrFpr(scores.known(), scores.unknown(), scores.correct());
    try {
      AtomicTextFile.write(
          file,
          writer -> {
            writer.write("curve,x,y\n");
            write(writer, "roc", roc);
            write(writer, "oscr", oscr);
          });
    } catch (IOException e) {
      throw new RunException("cannot write " + file + ": " + FileErrors.reason(e), e);
    }
  }

  private static void write(Writer writer, String curve, List<CurvePoint> points)
      throws IOException {
    for (var point : points) {
      writer.write(curve + "," + point.fpr() + "," + point.rate() + "\n");
    }
  }
}

package org.openmargin.inference.calibration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openmargin.data.DataException;
import org.openmargin.data.WorkListener;
import org.openmargin.files.FileErrors;
import org.openmargin.files.WholeFile;
import org.openmargin.files.image.EncodedImage;
import org.openmargin.files.image.ImageFileException;
import org.openmargin.serving.OpenSetClassifier;

/**
 * Logits of image files, which classifications do not hold.
 *
 * @param work hears how many files are done
 */
record LogitReader(OpenSetClassifier classifier, WorkListener work) {
  private static final int BATCH = 32;

  /**
   * @param files that the model has scored
   * @return in their order
   * @throws DataException if one cannot be read any more
   */
  List<float[]> of(List<Path> files) {
    var logits = new ArrayList<float[]>();
    for (var from = 0; from < files.size(); from += BATCH) {
      var some = files.subList(from, Math.min(from + BATCH, files.size()));
      logits.addAll(classifier.logits(some.stream().map(LogitReader::content).toList()));
      work.at("reading logits", logits.size(), files.size());
    }
    return logits;
  }

  private static byte[] content(Path file) {
    try {
      return EncodedImage.of(WholeFile.read(file)).file();
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + FileErrors.reason(e), e);
    } catch (ImageFileException e) {
      throw new DataException(file + ": has changed: " + e.getMessage(), e);
    }
  }
}

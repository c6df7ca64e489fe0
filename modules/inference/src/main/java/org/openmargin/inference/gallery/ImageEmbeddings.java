package org.openmargin.inference.gallery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openmargin.data.DataException;
import org.openmargin.data.WorkListener;
import org.openmargin.inference.FileClassifier;

/**
 * Embeddings of image files.
 *
 * @param work hears how many files are done
 */
public record ImageEmbeddings(FileClassifier classifier, WorkListener work) {

  /**
   * Of every file.
   *
   * @throws DataException if one cannot be used: who enrols images has looked at them
   */
  public List<float[]> of(List<Path> files) {
    var rows = new ArrayList<float[]>();
    classifier.classify(
        files,
        answers -> {
          for (var answer : answers) {
            var row =
                answer
                    .classification()
                    .orElseThrow(() -> new DataException(answer.file() + ": " + answer.detail()));
            rows.add(row.embedding());
          }
          work.at("embedding images", rows.size(), files.size());
        });
    return rows;
  }

  /**
   * Of every identity.
   *
   * @throws DataException as {@link #of(List)}
   */
  public Map<String, List<float[]>> of(IdentityImages images) {
    var files = images.files().values().stream().flatMap(List::stream).toList();
    var rows = of(files);
    var byName = new LinkedHashMap<String, List<float[]>>();
    var from = 0;
    for (var identity : images.files().entrySet()) {
      var to = from + identity.getValue().size();
      byName.put(identity.getKey(), List.copyOf(rows.subList(from, to)));
      from = to;
    }
    return byName;
  }
}

package org.openmargin.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arguments of {@link ScoreJob}.
 *
 * @param summary a file on the driver's machine that receives the number of files by reason
 */
record ScoreArguments(
    String model, String source, String out, ContentColumns columns, Optional<String> summary) {
  static final String USAGE =
      "SAVEDMODEL SOURCE --out OUT.parquet [--content-column NAME] [--path-column NAME] [--summary FILE]";

  private static final List<String> OPTIONS =
      List.of("--out", "--content-column", "--path-column", "--summary");

  /**
   * @throws ArchiveException if they are not as {@link #USAGE} says
   */
  static ScoreArguments of(List<String> arguments) {
    var places = new ArrayList<String>();
    Map<String, String> options = new HashMap<>();
    for (var rest = arguments.iterator(); rest.hasNext(); ) {
      var argument = rest.next();
      if (!OPTIONS.contains(argument)) {
        places.add(argument);
      } else if (rest.hasNext()) {
        options.put(argument, rest.next());
      } else {
        throw new ArchiveException(argument + " needs a value; expected: " + USAGE);
      }
    }
    if (places.size() != 2 || !options.containsKey("--out")) {
      throw new ArchiveException("expected: " + USAGE);
    }
    var columns =
        new ContentColumns(
            Optional.ofNullable(options.get("--content-column")),
            Optional.ofNullable(options.get("--path-column")));
    return new ScoreArguments(
        places.get(0),
        places.get(1),
        options.get("--out"),
        columns,
        Optional.ofNullable(options.get("--summary")));
  }
}

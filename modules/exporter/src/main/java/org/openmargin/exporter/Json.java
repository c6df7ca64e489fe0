package org.openmargin.exporter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openmargin.serving.ModelException;

/** JSON text of maps, lists, arrays, strings, numbers and booleans. */
public final class Json {
  private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();
  private static final Gson INDENTED = COMPACT.newBuilder().setPrettyPrinting().create();

  private Json() {}

  /** For people: one value per line. */
  public static String indented(Object value) {
    return text(INDENTED, value);
  }

  /** For programs: all on one line. */
  public static String compact(Object value) {
    return text(COMPACT, value);
  }

  private static String text(Gson gson, Object value) {
    try {
      return gson.toJson(value) + "\n";
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "JSON cannot hold a number that is not finite: " + e.getMessage(), e);
    }
  }

  /** A map of alternating keys and values that keeps their order. */
  public static Map<String, Object> object(Object... keysAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (var i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}

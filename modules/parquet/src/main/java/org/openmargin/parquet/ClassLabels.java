package org.openmargin.parquet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names of classes that a column holds by number: features of the kind {@code ClassLabel}, which
 * Hugging Face's data sets describe in the file's metadata.
 *
 * @param byColumn the names, by the name of the column
 */
record ClassLabels(Map<String, List<String>> byColumn) {
  private static final String KEY = "huggingface";
  private static final ClassLabels NONE = new ClassLabels(Map.of());

  /** None where the metadata say nothing that is understood. */
  static ClassLabels of(Map<String, String> metadata) {
    try {
      return Optional.ofNullable(metadata.get(KEY))
          .map(text -> object(object(JsonParser.parseString(text), "info"), "features"))
          .map(ClassLabels::named)
          .orElse(NONE);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      // Numbers are read as they are.
      return NONE;
    }
  }

  private static JsonObject object(JsonElement parent, String name) {
    var child = parent.isJsonObject() ? parent.getAsJsonObject().get(name) : null;
    return child != null && child.isJsonObject() ? child.getAsJsonObject() : new JsonObject();
  }

  private static ClassLabels named(JsonObject features) {
    var byColumn = new LinkedHashMap<String, List<String>>();
    features
        .entrySet()
        .forEach(
            feature -> {
              var names =
                  feature.getValue().isJsonObject()
                      ? feature.getValue().getAsJsonObject().get("names")
                      : null;
              if (names != null && names.isJsonArray()) {
                byColumn.put(
                    feature.getKey(),
                    names.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .toList());
              }
            });
    return new ClassLabels(byColumn);
  }

  /** The name of a number in a column: itself if none is known, empty for -1, which means none. */
  String name(String column, String number) {
    var names = byColumn.get(column);
    if (names == null || number.isEmpty()) {
      return number;
    }
    var label = Long.parseLong(number);
    return label == -1 ? "" : label >= 0 && label < names.size() ? names.get((int) label) : number;
  }
}

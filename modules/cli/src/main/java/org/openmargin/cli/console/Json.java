package org.openmargin.cli.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Function;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.files.FileErrors;

/** Objects for {@code --json}. */
public final class Json {
  private Json() {}

  /**
   * A result file.
   *
   * @throws RunException if it cannot be read
   */
  public static JsonObject read(Path file) {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (IOException e) {
      throw new RunException("cannot read " + file + ": " + FileErrors.reason(e), e);
    } catch (JsonParseException | IllegalStateException e) {
      throw new RunException(file + " is damaged: it is no JSON object", e);
    }
  }

  /** An object that this program has printed. */
  public static JsonObject parsed(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  public static <T> JsonArray array(Collection<T> items, Function<T, JsonElement> element) {
    var array = new JsonArray();
    items.forEach(item -> array.add(element.apply(item)));
    return array;
  }

  public static JsonArray texts(Collection<String> texts) {
    var array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}

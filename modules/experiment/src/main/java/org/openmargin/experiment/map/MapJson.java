package org.openmargin.experiment.map;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openmargin.map.EmbeddingMap;
import org.openmargin.map.MapItem;
import org.openmargin.trainer.Checkpoint;

/** {@code distances.json}: how a map was made, and the distances, by metric. */
public final class MapJson {
  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .registerTypeAdapter(Optional.class, (JsonSerializer<Optional<?>>) MapJson::present)
          .registerTypeAdapter(
              OptionalDouble.class, (JsonSerializer<OptionalDouble>) MapJson::present)
          .create();

  private MapJson() {}

  /**
   * @param choice how the images were chosen
   */
  public static String of(EmbeddingMap map, MapChoice.Rule choice, Checkpoint checkpoint) {
    var json = new JsonObject();
    json.add("checkpoint", checkpoint(checkpoint));
    json.addProperty("space", map.space().toString());
    json.addProperty("perClass", choice.perClass());
    json.addProperty("seed", choice.seed());
    json.addProperty("images", map.items().stream().filter(MapItem::isImage).count());
    json.addProperty("prototypes", map.items().stream().filter(i -> !i.isImage()).count());
    json.add("tsne", tsne(map.tsne()));
    var pca = new JsonObject();
    pca.add("explained", GSON.toJsonTree(map.pca().explained()));
    json.add("pca", pca);
    var distances = new JsonObject();
    for (var byMetric : map.distances()) {
      var tree = GSON.toJsonTree(byMetric).getAsJsonObject();
      tree.remove("metric");
      distances.add(byMetric.metric().name().toLowerCase(Locale.ROOT), tree);
    }
    json.add("distances", distances);
    return GSON.toJson(json) + "\n";
  }

  /** What was not measured is left out. */
  private static JsonElement present(
      Optional<?> value, Type type, JsonSerializationContext context) {
    return value.map(context::serialize).orElse(JsonNull.INSTANCE);
  }

  private static JsonElement present(
      OptionalDouble value, Type type, JsonSerializationContext context) {
    return value.isPresent() ? new JsonPrimitive(value.getAsDouble()) : JsonNull.INSTANCE;
  }

  private static JsonObject checkpoint(Checkpoint checkpoint) {
    var json = new JsonObject();
    json.addProperty("step", checkpoint.state().step());
    json.addProperty("epoch", checkpoint.state().epoch());
    return json;
  }

  private static JsonObject tsne(EmbeddingMap.TsneMap tsne) {
    var json = new JsonObject();
    json.addProperty("perplexity", tsne.settings().perplexity());
    json.addProperty("iterations", tsne.settings().iterations());
    json.addProperty("klDivergence", tsne.klDivergence());
    return json;
  }
}

package org.openmargin.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.ModelException;

/** The method {@code :predict} of TensorFlow Serving's REST interface, column by column. */
record RestTransport(HttpClient client, URI predict, CallSettings settings) implements Transport {

  static RestTransport of(ServingAddress address, RemoteName name, CallSettings settings) {
    var version = name.version().isPresent() ? "/versions/" + name.version().getAsLong() : "";
    var uri = URI.create("%s/v1/models/%s%s:predict".formatted(address, name.model(), version));
    var client = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    return new RestTransport(client, uri, settings);
  }

  @Override
  public Map<String, Column> call(String signature, Input input, List<String> outputs) {
    var request =
        HttpRequest.newBuilder(predict)
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(signature, input)));
    settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    try {
      var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw failure(response);
      }
      return columns(JsonText.object(response.body()));
    } catch (IOException e) {
      var words =
          e instanceof HttpTimeoutException
              ? "no answer within %s s".formatted(settings.seconds())
              : "cannot be reached: " + e;
      throw new CallException(CallException.Kind.TEMPORARY, words, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server was asked", e);
    }
  }

  private static String body(String signature, Input input) {
    return "{\"signature_name\":\"%s\",\"inputs\":{\"%s\":[%s]}}"
        .formatted(
            signature,
            input.name(),
            input.values().stream()
                .map(
                    value ->
                        input.binary()
                            ? "{\"b64\":\"" + Base64.getEncoder().encodeToString(value) + "\"}"
                            : "\"" + new String(value, StandardCharsets.UTF_8) + "\"")
                .collect(Collectors.joining(",")));
  }

  private static Map<String, Column> columns(Map<String, Object> answer) {
    var columns = new LinkedHashMap<String, Column>();
    if (answer.get("outputs") instanceof Map<?, ?> outputs) {
      outputs.forEach(
          (name, value) -> {
            if (value instanceof List<?> rows) {
              var flat = new ArrayList<>();
              flatten(rows, flat);
              columns.put((String) name, new Column(rows.size(), flat));
            }
          });
    }
    if (columns.isEmpty()) {
      throw new ModelException("the server's answer has no outputs");
    }
    return columns;
  }

  private static void flatten(List<?> values, List<Object> flat) {
    for (var value : values) {
      if (value instanceof List<?> inner) {
        flatten(inner, flat);
      } else {
        flat.add(value);
      }
    }
  }

  private static CallException failure(HttpResponse<String> response) {
    var kind =
        switch (response.statusCode()) {
          case 408, 425, 429, 502, 503, 504 -> CallException.Kind.TEMPORARY;
          case 401, 403, 404, 405 -> CallException.Kind.FINAL;
          default -> CallException.Kind.REQUEST;
        };
    return new CallException(kind, "HTTP %d%s".formatted(response.statusCode(), error(response)));
  }

  private static String error(HttpResponse<String> response) {
    try {
      return JsonText.object(response.body()).get("error") instanceof String error
          ? ": " + error
          : "";
    } catch (ModelException e) {
      return "";
    }
  }

  @Override
  public void close() {
    // The client's threads end by themselves.
  }
}

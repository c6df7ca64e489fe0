package org.openmargin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.Reason;

/**
 * By REST: requests and answers as TensorFlow Serving's documentation of its REST API writes them.
 */
class RestTransportTest {
  private static final String DESCRIBED =
      """
      {"outputs": {"model": ["blood"], "scorer": ["energy"], "class_names": [["a", "b"]],
       "alpha": [0.05], "threshold": [1.5], "description": ["{}"]}}
      """;

  private final Queue<Integer> failures = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> paths = Collections.synchronizedList(new ArrayList<>());
  private final List<Map<String, Object>> bodies = Collections.synchronizedList(new ArrayList<>());
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange call) {
    try (call) {
      var body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      paths.add(call.getRequestMethod() + " " + call.getRequestURI());
      authorizations.add(String.valueOf(call.getRequestHeaders().getFirst("Authorization")));
      bodies.add(JsonText.object(body));
      var failure = Optional.ofNullable(failures.poll());
      var text =
          failure.isPresent()
              ? "{\"error\": \"no luck\"}"
              : body.contains("\"describe\"") ? DESCRIBED : rows();
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      call.sendResponseHeaders(failure.orElse(200), bytes.length);
      call.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A row per file: known, except text. */
  private String rows() {
    var inputs = (Map<?, ?>) bodies.get(bodies.size() - 1).get("inputs");
    var files = ((List<?>) inputs.get("image_bytes")).size();
    return "{\"outputs\": {\"best_known_index\": [%s], \"is_unknown\": [%s], \"unknown_score\": [%s], \"input_is_unusual\": [%s], \"reason\": [%s], \"probabilities\": [%s], \"embedding\": [%s]}}"
        .formatted(
            times("1", files),
            times("false", files),
            times("0.25", files),
            times("false", files),
            times("\"ok\"", files),
            times("[0.25, 0.75]", files),
            times("[1, 2, 3]", files));
  }

  private static String times(String value, int count) {
    return String.join(", ", Collections.nCopies(count, value));
  }

  private RemoteModel connect(int retries) {
    var settings = new CallSettings(Duration.ofMinutes(1), retries, Optional.of("secret"));
    var address =
        ServingAddress.parse("http://127.0.0.1:%d/proxy".formatted(server.getAddress().getPort()));
    return new RemoteModel(
        RestTransport.of(address, RemoteName.parse("blood/3"), settings),
        new Backoff(retries, pauses::add, () -> 0),
        "the server");
  }

  @Test
  void filesGoAsBase64AndRowsComeBack() throws IOException {
    try (var model = connect(0)) {
      assertThat(model.classNames()).containsExactly("a", "b");
      var file = RemoteModelTest.image(9);
      var answers = model.classifyEncoded(List.of(file, file));
      assertThat(answers).hasSize(2);
      assertThat(answers.get(1).label()).isEqualTo("b");
      assertThat(answers.get(1).probabilities()).containsExactly(0.25f, 0.75f);
      assertThat(answers.get(1).embedding()).isEmpty();
      assertThat(paths).containsOnly("POST /proxy/v1/models/blood/versions/3:predict");
      assertThat(authorizations).containsOnly("Bearer secret");
      var encoded = Base64.getEncoder().encodeToString(file);
      assertThat(bodies.get(1))
          .isEqualTo(
              Map.of(
                  "signature_name",
                  "serving_bytes",
                  "inputs",
                  Map.of("image_bytes", List.of(Map.of("b64", encoded), Map.of("b64", encoded)))));
    }
  }

  @Test
  void busyServersAreAskedAgain() throws IOException {
    try (var model = connect(2)) {
      failures.addAll(List.of(503, 429));
      assertThat(model.classifyEncoded(List.of(RemoteModelTest.image(9)))).hasSize(1);
      assertThat(pauses).hasSize(2);
    }
  }

  @Test
  void aRequestThatIsTooLargeIsHalvedAndARefusedFileIsARow() throws IOException {
    try (var model = connect(0)) {
      failures.addAll(List.of(413, 400));
      var file = RemoteModelTest.image(9);
      var answers = model.classifyEncoded(List.of(file, file));
      assertThat(answers.get(0).reason()).isEqualTo(Reason.NO_ANSWER);
      assertThat(answers.get(0).detail())
          .isEqualTo("the server gives no answer: HTTP 400: no luck");
      assertThat(answers.get(1).label()).isEqualTo("b");
    }
  }

  @Test
  void aModelThatIsNotThereAndAServerThatIsNot() {
    failures.add(404);
    assertThatThrownBy(() -> connect(3))
        .isInstanceOf(ModelException.class)
        .hasMessage("the server: HTTP 404: no luck");
    assertThat(pauses).isEmpty();
    server.stop(0);
    assertThatThrownBy(() -> connect(1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the server: cannot be reached");
    assertThat(pauses).hasSize(1);
  }
}

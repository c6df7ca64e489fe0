package org.openmargin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openmargin.serving.Classification;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.Reason;

/** By gRPC, against a server of independently generated classes. */
class RemoteModelTest {
  private final List<Duration> pauses = new ArrayList<>();
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RemoteModel connect(int retries, Duration timeout) {
    var settings = new CallSettings(timeout, retries, Optional.empty());
    var name = new RemoteName("blood", OptionalLong.of(7));
    return new RemoteModel(
        GrpcTransport.of(server.address(), name, settings),
        new Backoff(retries, pauses::add, () -> 0),
        "the server");
  }

  private RemoteModel connect() {
    return connect(3, Duration.ofMinutes(1));
  }

  /** A PNG file, with one byte after its end that the server takes for the score. */
  static byte[] image(int score) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "png", out);
    out.write(score);
    return out.toByteArray();
  }

  @Test
  void theModelDescribesItself() {
    try (var model = connect()) {
      assertThat(model.classNames()).containsExactly("a", "b");
      assertThat(model.threshold()).isEqualTo(100);
      assertThat(model.selfDescription().alpha()).isEqualTo(0.05);
      assertThat(model.description()).isEqualTo(FakeServer.DESCRIPTION);
      assertThat(model.channels()).isEqualTo(1);
    }
    var spec = server.requests.get(0).getModelSpec();
    assertThat(spec.getName()).isEqualTo("blood");
    assertThat(spec.getVersion().getValue()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyFileIsARowInOrder(boolean blocks) throws IOException {
    server.blocks = blocks;
    try (var model = connect()) {
      var whole = image(1);
      var answers =
          model.classifyEncoded(
              List.of(
                  image(40),
                  image(41),
                  image(200),
                  "a text".getBytes(StandardCharsets.UTF_8),
                  Arrays.copyOf(whole, whole.length - 20)));
      assertThat(answers)
          .extracting(Classification::label)
          .containsExactly("a", "b", "unknown", "unknown", "unknown");
      assertThat(answers.get(2).bestKnownLabel()).isEqualTo("a");
      assertThat(answers.get(1).unknownScore()).isEqualTo(41);
      assertThat(answers.get(1).probabilities()).containsExactly(0, 0.75f);
      assertThat(answers.get(2).at(300).label()).isEqualTo("a");
      assertThat(answers.get(3).reason()).isEqualTo(Reason.NOT_AN_IMAGE);
      assertThat(answers.get(3).detail()).startsWith("no image");
      assertThat(answers.get(4).reason()).isEqualTo(Reason.TRUNCATED);
      assertThat(answers.get(4).probabilities()).containsOnly(0);
      assertThat(model.classifyEncoded(List.of())).isEmpty();
    }
    var last = server.requests.get(server.requests.size() - 1);
    assertThat(last.getModelSpec().getSignatureName()).isEqualTo("serving_bytes");
    assertThat(last.getOutputFilterList()).contains("reason").doesNotContain("embedding");
  }

  @Test
  void aServerThatIsAwayForAMomentIsAskedAgain() throws IOException {
    try (var model = connect()) {
      server.failures.addAll(
          List.of(Status.UNAVAILABLE, Status.RESOURCE_EXHAUSTED, Status.UNAVAILABLE));
      assertThat(model.classifyEncoded(List.of(image(4))).get(0).label()).isEqualTo("a");
      assertThat(pauses)
          .containsExactly(Duration.ofMillis(125), Duration.ofMillis(250), Duration.ofMillis(500));
    }
  }

  @Test
  void aServerThatStaysAwayIsAnErrorWithItsReason() throws IOException {
    try (var model = connect()) {
      for (var i = 0; i < 4; i++) {
        server.failures.add(Status.UNAVAILABLE.withDescription("closed"));
      }
      var file = image(4);
      assertThatThrownBy(() -> model.classifyEncoded(List.of(file)))
          .isInstanceOf(ModelException.class)
          .hasMessage("the server: UNAVAILABLE: closed");
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws IOException {
    try (var model = connect(0, Duration.ofMillis(1500))) {
      server.silent.set(1);
      var file = image(4);
      assertThatThrownBy(() -> model.classifyEncoded(List.of(file)))
          .isInstanceOf(ModelException.class)
          .hasMessage("the server: no answer within 1.5 s");
      assertThat(model.classifyEncoded(List.of(file))).hasSize(1);
    }
  }

  @Test
  void aFileThatTheServerRefusesIsARowAndItsNeighboursAreAnswered() throws IOException {
    try (var model = connect()) {
      var files = new ArrayList<byte[]>();
      for (var i = 0; i < 9; i++) {
        files.add(image(i == 4 ? FakeServer.POISON : 2 * i));
      }
      var answers = model.classifyEncoded(files);
      assertThat(answers).hasSize(9);
      for (var i = 0; i < 9; i++) {
        if (i != 4) {
          assertThat(answers.get(i).unknownScore()).isEqualTo(2 * i);
        }
      }
      assertThat(answers.get(4).reason()).isEqualTo(Reason.NO_ANSWER);
      assertThat(answers.get(4).unknown()).isTrue();
      assertThat(answers.get(4).detail())
          .isEqualTo("the server gives no answer: INVALID_ARGUMENT: poison");
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void aModelThatIsNotThereIsAnErrorAtOnce() {
    server.failures.add(Status.NOT_FOUND.withDescription("Servable not found"));
    assertThatThrownBy(this::connect)
        .isInstanceOf(ModelException.class)
        .hasMessage("the server: NOT_FOUND: Servable not found");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void aTokenIsSentButNeverUnencrypted() {
    var settings = new CallSettings(Duration.ofMinutes(1), 0, Optional.of("secret"));
    var name = RemoteName.parse("blood");
    try (var transport = GrpcTransport.of(server.address(), name, settings)) {
      transport.call(
          "describe", new Transport.Input("query", List.of(new byte[0]), false), List.of());
    }
    assertThat(server.authorizations).containsExactly("Bearer secret");
    assertThatThrownBy(() -> RemoteModel.connect(server.address(), name, settings))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("must not travel unencrypted");
  }
}

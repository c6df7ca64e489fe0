package org.openmargin.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.openmargin.serving.Classification;
import org.openmargin.serving.FileModel;
import org.openmargin.serving.InspectedFile;
import org.openmargin.serving.JsonText;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.Reason;
import org.openmargin.serving.SelfDescription;

/**
 * A model on a server: TensorFlow Serving, or one that speaks its gRPC or REST. Its answers are
 * those of the model in this JVM, but without embeddings, which would be most of each message. A
 * file that the server refuses, whatever the others, is a row with {@link Reason#NO_ANSWER}.
 *
 * <pre>{@code
 * var address = ServingAddress.parse("grpc://localhost:8500");
 * try (var model = RemoteModel.connect(address, RemoteName.parse("blood"), CallSettings.DEFAULT)) {
 *   var answers = model.classifyEncoded(files);
 * }
 * }</pre>
 */
public final class RemoteModel implements FileModel {
  private static final List<String> DESCRIBED =
      List.of(
          ModelContract.MODEL,
          ModelContract.SCORER,
          ModelContract.CLASS_NAMES,
          ModelContract.ALPHA,
          ModelContract.THRESHOLD,
          ModelContract.DESCRIPTION);

  private final Transport transport;
  private final Backoff backoff;
  private final String server;
  private final SelfDescription self;
  private final Function<byte[], InspectedFile> inspection;
  private final int channels;

  RemoteModel(Transport transport, Backoff backoff, String server) {
    this.transport = transport;
    this.backoff = backoff;
    this.server = server;
    this.self = described();
    this.inspection = InspectedFile.by(self);
    this.channels = channels(JsonText.object(self.description()));
  }

  /**
   * Asks the server to describe the model.
   *
   * @throws ModelException if it does not answer, or has no such model
   */
  public static RemoteModel connect(
      ServingAddress address, RemoteName name, CallSettings settings) {
    if (settings.token().isPresent() && !address.protocol().encrypted()) {
      throw new ModelException(
          "a token must not travel unencrypted: use grpcs:// or https:// in place of " + address);
    }
    var transport =
        address.protocol().rest()
            ? RestTransport.of(address, name, settings)
            : GrpcTransport.of(address, name, settings);
    var backoff =
        new Backoff(
            settings.retries(), Backoff::sleep, () -> ThreadLocalRandom.current().nextDouble());
    try {
      return new RemoteModel(transport, backoff, address + ", model " + name.model());
    } catch (RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  private SelfDescription described() {
    var query = new Transport.Input(ModelContract.QUERY, List.of(new byte[0]), false);
    try {
      var said =
          backoff.call(() -> transport.call(ModelContract.DESCRIBE.name(), query, DESCRIBED));
      var names = column(said, ModelContract.CLASS_NAMES);
      return new SelfDescription(
          column(said, ModelContract.MODEL).string(0),
          column(said, ModelContract.SCORER).string(0),
          IntStream.range(0, names.width()).mapToObj(names::string).toList(),
          column(said, ModelContract.ALPHA).number(0),
          column(said, ModelContract.THRESHOLD).number(0),
          column(said, ModelContract.DESCRIPTION).string(0));
    } catch (CallException e) {
      throw failure(e);
    }
  }

  private static int channels(Map<String, Object> description) {
    return description.get("input") instanceof Map<?, ?> input
            && input.get("channels") instanceof Double count
        ? count.intValue()
        : 3;
  }

  static Column column(Map<String, Column> columns, String name) {
    var column = columns.get(name);
    if (column == null) {
      throw new ModelException(
          "the server's answer has no '%s'; is it an OpenMargin model?".formatted(name));
    }
    return column;
  }

  private ModelException failure(CallException e) {
    return new ModelException(server + ": " + e.getMessage(), e);
  }

  @Override
  public List<Classification> classifyEncoded(List<byte[]> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    var inspected = files.stream().map(inspection).toList();
    var rows = answers(inspected.stream().map(InspectedFile::fed).toList());
    return IntStream.range(0, rows.size())
        .mapToObj(i -> inspected.get(i).answer(rows.get(i)))
        .toList();
  }

  /** A request that the server refuses is halved, until the files that it refuses are alone. */
  private List<Classification> answers(List<byte[]> files) {
    var input = new Transport.Input(ModelContract.IMAGE_BYTES, files, true);
    try {
      var columns =
          backoff.call(
              () -> transport.call(ModelContract.SERVING_BYTES.name(), input, RemoteRows.OUTPUTS));
      return new RemoteRows(self.classNames(), columns).of(files.size());
    } catch (CallException e) {
      if (e.kind() != CallException.Kind.REQUEST) {
        throw failure(e);
      }
      if (files.size() == 1) {
        return List.of(RemoteRows.none(self.classNames().size(), e.getMessage()));
      }
      var middle = files.size() / 2;
      var rows = new ArrayList<>(answers(files.subList(0, middle)));
      rows.addAll(answers(files.subList(middle, files.size())));
      return rows;
    }
  }

  @Override
  public SelfDescription selfDescription() {
    return self;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public void close() {
    transport.close();
  }
}

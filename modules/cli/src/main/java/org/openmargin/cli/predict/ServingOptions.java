package org.openmargin.cli.predict;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.openmargin.client.CallSettings;
import org.openmargin.client.RemoteModel;
import org.openmargin.client.RemoteName;
import org.openmargin.client.ServingAddress;
import org.openmargin.experiment.folder.RunException;
import org.openmargin.serving.FileModel;
import picocli.CommandLine.Option;

/** A server to ask in place of a model's folder. */
final class ServingOptions {
  /** Environment variable with a secret, which does not belong on a command line. */
  static final String TOKEN = "OPENMARGIN_SERVING_TOKEN";

  @Option(
      names = "--serving",
      paramLabel = "HOST:PORT",
      description = {
        "Ask a server, such as TensorFlow Serving, instead of loading the model. SAVEDMODEL is then",
        "its name there, or NAME/VERSION. gRPC (port 8500), or REST for port 8501; or say",
        "grpc://, grpcs://, http:// or https://HOST[:PORT][/PATH]. A bearer token may stand in the",
        "environment variable " + TOKEN + "; it travels encrypted only."
      })
  private Optional<String> address;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "With --serving: how long to wait for an answer. Default: ${DEFAULT-VALUE}.")
  private double timeout;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "3",
      description = {
        "With --serving: how often to ask again while the server is away or too busy, after 0.25 s",
        "and twice as long each time. Default: ${DEFAULT-VALUE}."
      })
  private int retries;

  boolean given() {
    return address.isPresent();
  }

  /**
   * @param model the argument SAVEDMODEL
   * @throws RunException if an option or the name cannot be used
   */
  FileModel connect(Path model) {
    try {
      var token = Optional.ofNullable(System.getenv(TOKEN)).filter(text -> !text.isBlank());
      var time = Duration.ofMillis(Math.round(timeout * 1000));
      return RemoteModel.connect(
          ServingAddress.parse(address.orElseThrow()),
          RemoteName.parse(model.toString().replace('\\', '/')),
          new CallSettings(time, retries, token));
    } catch (IllegalArgumentException e) {
      throw new RunException(e.getMessage(), e);
    }
  }
}

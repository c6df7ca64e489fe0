package org.openmargin.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a server listens, and how to speak to it.
 *
 * @param path before {@code /v1/models}, for a proxy that adds one; REST only
 */
public record ServingAddress(Protocol protocol, String host, int port, String path) {

  /** How to speak to a server. */
  public enum Protocol {
    GRPC(8500, false),
    GRPCS(8500, true),
    HTTP(8501, false),
    HTTPS(443, true);

    private final int usualPort;
    private final boolean encrypted;

    Protocol(int usualPort, boolean encrypted) {
      this.usualPort = usualPort;
      this.encrypted = encrypted;
    }

    /** Whether strangers on the way can read nothing. */
    public boolean encrypted() {
      return encrypted;
    }

    boolean rest() {
      return this == HTTP || this == HTTPS;
    }
  }

  /**
   * Reads {@code HOST:PORT}, which is gRPC unless the port is 8501, or {@code grpc://}, {@code
   * grpcs://}, {@code http://} or {@code https://HOST[:PORT][/PATH]}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static ServingAddress parse(String text) {
    var plain = !text.contains("://");
    try {
      var uri = new URI(plain ? "grpc://" + text : text);
      var protocol = protocol(uri, plain);
      var port = uri.getPort() < 0 ? protocol.usualPort : uri.getPort();
      var path = Optional.ofNullable(uri.getRawPath()).orElse("").replaceFirst("/+$", "");
      var more = uri.getRawQuery() != null || uri.getRawUserInfo() != null;
      if (uri.getHost() == null || port > 65_535 || more || !(path.isEmpty() || protocol.rest())) {
        throw wrong(text);
      }
      return new ServingAddress(protocol, uri.getHost(), port, path);
    } catch (URISyntaxException e) {
      throw wrong(text);
    }
  }

  private static Protocol protocol(URI uri, boolean plain) {
    if (plain && uri.getPort() == Protocol.HTTP.usualPort) {
      return Protocol.HTTP;
    }
    for (var protocol : Protocol.values()) {
      if (protocol.name().equalsIgnoreCase(uri.getScheme())) {
        return protocol;
      }
    }
    throw wrong(uri.toString());
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'%s' is no address of a server: write HOST:PORT, or grpc://, grpcs://, http:// or https:// before it"
            .formatted(text));
  }

  @Override
  public String toString() {
    return "%s://%s:%d%s".formatted(protocol.name().toLowerCase(Locale.ROOT), host, port, path);
  }
}

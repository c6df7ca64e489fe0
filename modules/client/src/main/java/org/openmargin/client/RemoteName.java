package org.openmargin.client;

import java.util.OptionalLong;

/**
 * A model on a server.
 *
 * @param version a number, or empty for the one that the server prefers, usually the highest
 */
public record RemoteName(String model, OptionalLong version) {

  /**
   * Reads {@code NAME} or {@code NAME/VERSION}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static RemoteName parse(String text) {
    if (!text.matches("[A-Za-z0-9._-]+(/[0-9]{1,18})?")) {
      throw new IllegalArgumentException(
          "'%s' is no model on a server: write its name there, such as blood, or name and version, such as blood/2"
              .formatted(text));
    }
    var slash = text.indexOf('/');
    return slash < 0
        ? new RemoteName(text, OptionalLong.empty())
        : new RemoteName(
            text.substring(0, slash), OptionalLong.of(Long.parseLong(text.substring(slash + 1))));
  }
}

package org.openmargin.files.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of a site that turns names into pseudonyms by HMAC-SHA256 (RFC 2104): equal names give
 * equal ones, and without the key nobody can try names out.
 */
public final class SiteKey {
  /** The environment variable that names the file of the key. */
  public static final String VARIABLE = "OPENMARGIN_SITE_KEY";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST_BYTES = 16;
  private static final int RANDOM_BYTES = 32;
  private static final int PSEUDONYM_DIGITS = 16;

  private final SecretKeySpec key;

  private SiteKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * The bytes of a file are the key; make one with {@code head -c 32 /dev/urandom > site.key}.
   *
   * @throws IOException if it cannot be read, or has fewer than 16 bytes
   */
  public static SiteKey read(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    if (bytes.length < LEAST_BYTES) {
      throw new IOException(
          "a key needs at least %d bytes and has %d; make one with: head -c 32 /dev/urandom > %s"
              .formatted(LEAST_BYTES, bytes.length, file));
    }
    return new SiteKey(bytes);
  }

  /** A key that nobody keeps: its pseudonyms can be compared with nothing made before or after. */
  public static SiteKey random() {
    var bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new SiteKey(bytes);
  }

  /** 16 hexadecimal digits for a name. */
  public String pseudonym(String name) {
    return hmac("name", name.getBytes(StandardCharsets.UTF_8)).substring(0, PSEUDONYM_DIGITS);
  }

  /**
   * 64 hexadecimal digits.
   *
   * @param purpose keeps values for different uses apart
   */
  public String hmac(String purpose, byte[] bytes) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of().formatHex(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}

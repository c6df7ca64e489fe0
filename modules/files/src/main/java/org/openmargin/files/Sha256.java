package org.openmargin.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An incremental SHA-256 over what a data source reads. */
public final class Sha256 {

  private static final int BUFFER_BYTES = 1 << 20;

  private final MessageDigest digest = algorithm("SHA-256");

  /** SHA-256 of a file, as {@code sha256sum} prints it. */
  public static String ofFile(Path file) throws IOException {
    return hex(file, algorithm("SHA-256"));
  }

  /** MD5 of a file, as {@code md5sum} prints it and MedMNIST publishes it. */
  public static String md5OfFile(Path file) throws IOException {
    return hex(file, algorithm("MD5"));
  }

  public Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds a text, followed by a zero byte so that adjacent texts stay distinct. */
  public Sha256 add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return this;
  }

  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String hex(Path file, MessageDigest digest) throws IOException {
    // A large buffer for each of many small files would cost more than reading them.
    var buffer = new byte[(int) Math.max(1, Math.min(BUFFER_BYTES, Files.size(file)))];
    try (var in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest algorithm(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5 and SHA-256", e);
    }
  }
}

package org.openmargin.serving.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.ModelException;

/**
 * Reads the key that digests are signed with: Ed25519, as {@code openssl pkey -pubout} writes it.
 */
public final class PublicKeys {
  private PublicKeys() {}

  /**
   * @throws ModelException if the file holds no such key
   */
  public static PublicKey read(Path file) {
    try {
      var text = Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
      var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(text));
      return KeyFactory.getInstance("Ed25519").generatePublic(encoded);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read: " + FileErrors.reason(e), e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ModelException(
          file + " is no public key of the kind Ed25519, in PEM: " + e.getMessage(), e);
    }
  }
}

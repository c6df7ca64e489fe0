package org.openmargin.serving.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.openmargin.files.FileErrors;
import org.openmargin.serving.FileDigests;
import org.openmargin.serving.Finding;
import org.openmargin.serving.ModelContract;
import org.openmargin.serving.ModelException;

/**
 * The files of a version and its neighbours, without a look at what the files say.
 *
 * @param key of whoever signed the digests, if that is asked for
 */
record FolderCheck(Path directory, Optional<PublicKey> key) {

  /** Servers read the number of a version as 64 bits. */
  private static final int MOST_DIGITS = 18;

  List<Finding> check() {
    var findings = new ArrayList<Finding>();
    try {
      findings.add(version());
      findings.add(new VersionFiles(directory).check());
      findings.add(digests());
    } catch (IOException e) {
      findings.add(new Finding(false, directory + " cannot be read: " + FileErrors.reason(e)));
    }
    key.ifPresent(known -> findings.add(signature(known)));
    Blessing.problem(directory).ifPresent(what -> findings.add(new Finding(false, what)));
    return findings;
  }

  /** To a server, {@code 1} and {@code 01} are the same version. */
  private Finding version() throws IOException {
    var name = directory.toAbsolutePath().normalize().getFileName().toString();
    var parent = directory.toAbsolutePath().normalize().getParent();
    if (!name.matches("\\d+") || parent == null) {
      return new Finding(true, "the folder " + name + " is no version among others");
    }
    if (number(name).length() > MOST_DIGITS) {
      return new Finding(
          false,
          "%s is no version that a server takes: at most %d digits".formatted(name, MOST_DIGITS));
    }
    try (var siblings = Files.list(parent)) {
      return Finding.of(
          "version " + name + " is there once",
          siblings
              .filter(Files::isDirectory)
              .map(sibling -> sibling.getFileName().toString())
              .filter(other -> other.matches("\\d+") && !other.equals(name))
              .filter(other -> number(other).equals(number(name)))
              .map(other -> "%s and %s are the same version".formatted(name, other))
              .toList());
    }
  }

  private static String number(String name) {
    return name.replaceFirst("^0+(?=.)", "");
  }

  private Finding digests() throws IOException {
    if (!Files.isRegularFile(directory.resolve(ModelContract.DIGESTS_FILE))) {
      return new Finding(false, "there are no digests to compare the files with");
    }
    try {
      var now = FileDigests.of(directory);
      return Finding.of(
          "SHA-256 of %d files".formatted(now.byPath().size()),
          now.differences(FileDigests.recorded(directory)));
    } catch (ModelException e) {
      return new Finding(false, e.getMessage());
    }
  }

  private Finding signature(PublicKey known) {
    try {
      var text = Files.readString(directory.resolve(ModelContract.SIGNATURE_FILE)).strip();
      var signature = Signature.getInstance("Ed25519");
      signature.initVerify(known);
      signature.update(Files.readAllBytes(directory.resolve(ModelContract.DIGESTS_FILE)));
      var right = signature.verify(Base64.getDecoder().decode(text));
      return new Finding(
          right,
          right
              ? "the digests are signed by the key"
              : "the signature of the digests is not of this key");
    } catch (IOException e) {
      return new Finding(
          false, "the signature of the digests cannot be read: " + FileErrors.reason(e));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return new Finding(
          false, "the signature of the digests cannot be checked: " + e.getMessage());
    }
  }
}

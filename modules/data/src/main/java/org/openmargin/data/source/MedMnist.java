package org.openmargin.data.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openmargin.data.DataException;

/**
 * A 2D data set of MedMNIST v2 (Yang et al., Scientific Data 10, 2023), with its class names and
 * the location of its files (Zenodo record 10519652).
 *
 * @param name such as {@code bloodmnist}
 * @param classNames one name per label
 * @param multiLabel whether an image has several labels at once; such sets can be downloaded but
 *     not loaded
 * @param md5BySizePx MD5 of the file by image size; sizes without an entry are not verified
 */
public record MedMnist(
    String name, List<String> classNames, boolean multiLabel, Map<Integer, String> md5BySizePx) {

  /** Image sizes of every set, px. */
  public static final List<Integer> SIZES_PX = List.of(28, 64, 128, 224);

  private static final int MAX_PORT = 65_535;
  private static final String RECORD = "https://zenodo.org/records/10519652/files/";

  public MedMnist {
    classNames = List.copyOf(classNames);
    md5BySizePx = Map.copyOf(md5BySizePx);
  }

  /** The twelve 2D sets. */
  public static List<MedMnist> all() {
    return MedMnistTable.SETS;
  }

  /**
   * Finds a set by name, ignoring case.
   *
   * @throws DataException if there is no such set; the message lists all
   */
  public static MedMnist named(String name) {
    return all().stream()
        .filter(set -> set.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "no MedMNIST set is named %s; available: %s"
                        .formatted(
                            name,
                            all().stream().map(MedMnist::name).collect(Collectors.joining(", ")))));
  }

  /**
   * The set whose name begins the file's name: {@code bloodmnist.npz}, {@code bloodmnist_64.npz},
   * {@code bloodmnist-mine.npz}.
   */
  public static Optional<MedMnist> ofFile(Path file) {
    var last = file.getFileName();
    var fileName = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    return all().stream()
        .filter(set -> fileName.matches(set.name() + "\\b.*|" + set.name() + "_.*"))
        .findFirst();
  }

  /**
   * The file's name on Zenodo, such as {@code bloodmnist_64.npz}.
   *
   * @param sizePx 28, 64, 128 or 224
   * @throws DataException for any other size
   */
  public String fileName(int sizePx) {
    if (!SIZES_PX.contains(sizePx)) {
      throw new DataException(
          "%s has no images of %d px; available: 28, 64, 128 and 224 px".formatted(name, sizePx));
    }
    return sizePx == 28 ? name + ".npz" : name + "_" + sizePx + ".npz";
  }

  /** The file's address on Zenodo. */
  public URI uri(int sizePx) {
    return URI.create(RECORD + fileName(sizePx) + "?download=1");
  }

  /**
   * The file's address on a mirror.
   *
   * @param mirror a base address ({@code https://...}; the file name is appended) or a local folder
   *     with the file
   * @throws DataException if the address has another scheme or no host
   */
  public URI uri(int sizePx, String mirror) {
    if (mirror.contains("://")) {
      return server(mirror.endsWith("/") ? mirror : mirror + "/").resolve(fileName(sizePx));
    }
    return Path.of(mirror).resolve(fileName(sizePx)).toUri();
  }

  private static URI server(String address) {
    try {
      var server = new URI(address);
      boolean http = server.getScheme() != null && server.getScheme().matches("(?i)https?");
      if (http && server.getHost() != null && server.getPort() <= MAX_PORT) {
        return server;
      }
    } catch (URISyntaxException e) {
      throw new DataException(noServer(address), e);
    }
    throw new DataException(noServer(address));
  }

  private static String noServer(String address) {
    return "%s is not a mirror: expected http://HOST/..., https://HOST/... or a folder"
        .formatted(address);
  }

  /**
   * The published MD5 of the file.
   *
   * @return 32 hex digits; empty if unknown, so that the file cannot be verified
   */
  public Optional<String> md5(int sizePx) {
    return Optional.ofNullable(md5BySizePx.get(sizePx));
  }
}

package org.openmargin.experiment.provenance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openmargin.files.Sha256;

/**
 * SHA-256 of OpenMargin's own classes and resources on the class path. The same build has the same
 * digest in folders and in jars; tests are left out.
 */
public final class CodeDigest {
  private static final String ROOT = "org/openmargin";
  private static final String TESTS = "/test-classes/" + ROOT;

  private CodeDigest() {}

  /** Of the running code. */
  public static String current() {
    try {
      var places = CodeDigest.class.getClassLoader().getResources(ROOT);
      var files = new TreeMap<String, String>();
      for (var place : Collections.list(places)) {
        if (!place.getPath().endsWith(TESTS)) {
          files.putAll(files(place));
        }
      }
      var digest = new Sha256();
      files.forEach((name, sha256) -> digest.add(name).add(sha256));
      return digest.hex();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the program's own classes cannot be read", e);
    }
  }

  /** Digests of files by name within the class path. */
  private static SortedMap<String, String> files(URL place) throws IOException, URISyntaxException {
    return place.openConnection() instanceof JarURLConnection jar
        ? ofJar(jar)
        : ofFolder(Path.of(new URI(place.toString())));
  }

  private static SortedMap<String, String> ofFolder(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (var tree = Files.walk(folder)) {
      for (var file : tree.filter(Files::isRegularFile).toList()) {
        var name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        files.put(ROOT + "/" + name, Sha256.ofFile(file));
      }
    }
    return files;
  }

  private static SortedMap<String, String> ofJar(JarURLConnection place) throws IOException {
    var files = new TreeMap<String, String>();
    // The class loader's own jar file, which must stay open.
    var jar = place.getJarFile();
    jar.stream()
        .filter(entry -> entry.getName().startsWith(ROOT + "/") && !entry.isDirectory())
        .forEach(
            entry -> {
              try (var in = jar.getInputStream(entry)) {
                files.put(entry.getName(), new Sha256().add(in.readAllBytes()).hex());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return files;
  }
}
